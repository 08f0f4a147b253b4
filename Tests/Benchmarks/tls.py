#!/usr/bin/env python3
"""Measures Sallyport's TLS beside nginx and HAProxy, in one run, on this machine.

Needs Debian's nginx, haproxy, wrk and openssl, and a release build (`swift build -c release`).
Usage: Tests/Benchmarks/tls.py [--seconds 2] [--rounds 3] [--connections 1000] [--quick]

All three get the same certificates (P-256 and RSA-2048), groups and cipher suites, a worker for
each core, and the same plain upstream. A connection is a handshake, one request and a close; the
clients count themselves whether a session was taken up again, so a server that only pretends shows.
CPU microseconds of the server's own processes are the figure to trust: the clients share the cores,
and being written in Python they need several times what the server does.
"""
import argparse
import os
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

from benchmark import CORES, SALLYPORT, Server, free_port, haproxy, load, nginx, write

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
SUITES = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"
GROUPS = "X25519:P-256:P-384"


# --- servers -----------------------------------------------------------------------------------

def certificate(folder, name, kind):
    """A self-signed certificate; the file has the key behind it, as HAProxy wants it."""
    key, cert, both = (os.path.join(folder, f"{name}.{end}") for end in ("key", "crt", "pem"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", *kind, "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True)
    with open(both, "w") as out:
        for part in (cert, key):
            out.write(open(part).read())
    os.chmod(key, 0o600)
    return cert, key, both


def nginx_tls(folder, name, port, upstream, cert, key):
    return nginx(folder, f"nginx-{name}.conf", f"""
      listen 127.0.0.1:{port} ssl; ssl_certificate {cert}; ssl_certificate_key {key};
      ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers {SUITES}; ssl_ecdh_curve {GROUPS};
      ssl_session_tickets on; ssl_session_timeout 1h;
      location / {{ proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ''; }}""",
                 upstream)


def haproxy_tls(folder, name, port, upstream, both):
    plain = open(haproxy(folder, port, upstream)).read()
    bind = f"ssl crt {both} ssl-min-ver TLSv1.2 ciphers {SUITES} curves {GROUPS} alpn http/1.1"
    text = plain.replace(f"bind 127.0.0.1:{port}", f"bind 127.0.0.1:{port} {bind}")
    return write(folder, f"haproxy-{name}.cfg", text)


def sallyport_tls(folder, name, port, upstream, cert, key):
    return write(folder, f"sallyport-{name}.json5", f"""{{
      state: "state-{name}",
      listeners: [{{ address: "127.0.0.1:{port}", serves: ["proxy"],
                     tls: {{ certificate: "{cert}", key: "{key}" }} }}],
      proxy: {{ upstreams: {{ app: {{ address: "http://127.0.0.1:{upstream}" }} }},
               routes: [{{ path: "/", upstream: "app", anonymous: true }}] }},
      admin: {{ socket: "admin-{name}.sock" }},
    }}""")


# --- clients -----------------------------------------------------------------------------------

def client(version):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version = context.maximum_version = VERSIONS[version]
    return context


def ask(context, port, session=None):
    """A connection with one request answered; the caller closes it."""
    plain = socket.create_connection(("127.0.0.1", port), timeout=10)
    # Else the request would wait until the server's delayed acknowledgement of the handshake's end.
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    secure = context.wrap_socket(plain, server_hostname="localhost", session=session)
    secure.sendall(REQUEST)
    answer = b""
    while b"\r\n\r\n" not in answer or not answer.endswith(b"x"):
        piece = secure.recv(65536)
        if not piece:
            break
        answer += piece
    if not answer.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"port {port} answered {answer[:60]!r}")
    return secure


def wait_for_tls(port):
    for _ in range(3000):
        try:
            ask(client("1.3"), port).close()
            return
        except OSError:
            time.sleep(0.005)
    raise SystemExit(f"nothing answers on port {port}")


def spell(port, version, reuse, seconds, out):
    context, session, count, reused = client(version), None, 0, 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        secure = ask(context, port, session if reuse else None)
        count += 1
        reused += secure.session_reused
        # In TLS 1.3 the tickets have come before the answer.
        session = secure.session
        secure.close()
    os.write(out, f"{count} {reused}\n".encode())


def connections(server, version, reuse, seconds):
    """One client process a core: (CPU us a connection, connections a second, share taken up again)."""
    before, begun = server.cpu(), time.perf_counter()
    into, out = os.pipe()
    children = []
    for _ in range(CORES):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                spell(server.port, version, reuse, seconds, out)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    os.close(out)
    results = [line.split() for line in open(into)]
    if any(os.waitpid(child, 0)[1] for child in children):
        raise SystemExit(f"a client of {server.name} failed")
    count = sum(int(one) for one, _ in results)
    reused = sum(int(other) for _, other in results)
    return (server.cpu() - before) * 1e6 / count, count / (time.perf_counter() - begun), reused / count


def idle(server, count):
    """KiB for each of so many TLS connections that have asked once and are kept."""
    context = client("1.3")
    before = server.memory()
    held = [ask(context, server.port) for _ in range(count)]
    time.sleep(0.5)
    after = server.memory()
    for one in held:
        one.close()
    return (after - before) / count


# --- the run -----------------------------------------------------------------------------------

def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=1_000)
    parser.add_argument("--quick", action="store_true", help="a short run that only shows that all works")
    options = parser.parse_args()
    if options.quick:
        options.seconds, options.rounds, options.connections = 0.5, 1, 50
    os.environ["PATH"] += ":/usr/sbin"
    missing = [tool for tool in ("nginx", "haproxy", "wrk", "openssl") if not shutil.which(tool)]
    if missing or not os.path.exists(SALLYPORT):
        sys.exit(f"missing: {' '.join(missing) or SALLYPORT}")
    folder = tempfile.mkdtemp(prefix="sallyport-tls-")
    servers = {}
    try:
        start(folder, servers)
        measure(options, servers)
    finally:
        for server in servers.values():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def start(folder, servers):
    upstream = free_port()
    servers["upstream"] = Server("upstream", ["nginx", "-c", nginx(
        folder, "upstream.conf",
        f'listen 127.0.0.1:{upstream}; access_log off; location / {{ return 200 "{"x" * 200}"; }}')],
        folder, upstream)
    for name, kind in (("P-256", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]), ("RSA-2048", ["rsa:2048"])):
        cert, key, both = certificate(folder, name, kind)
        for product in ("nginx", "haproxy", "sallyport"):
            port = free_port()
            command = {
                "nginx": lambda: ["nginx", "-c", nginx_tls(folder, name, port, upstream, cert, key)],
                "haproxy": lambda: ["haproxy", "-db", "-f", haproxy_tls(folder, name, port, upstream, both)],
                "sallyport": lambda: [SALLYPORT, "serve", "--config",
                                      sallyport_tls(folder, name, port, upstream, cert, key)],
            }[product]()
            server = Server(f"{product}-{name}", command, folder, port)
            servers[product, name] = server
            wait_for_tls(port)


def median(runs, index):
    return statistics.median(run[index] for run in runs)


def measure(options, servers):
    tested = {key: server for key, server in servers.items() if key != "upstream"}
    memory = {product: idle(tested[product, "P-256"], options.connections)
              for product in ("nginx", "haproxy", "sallyport")}
    handshakes, requests = {}, {}
    for turn in range(options.rounds):
        for version in VERSIONS:
            for reuse in (False, True):
                for (product, name), server in tested.items():
                    key = version, name, reuse, product
                    print(f"\rround {turn + 1} of {options.rounds}: {key!s:50}", end="", file=sys.stderr)
                    handshakes.setdefault(key, []).append(connections(server, version, reuse, options.seconds))
        for (product, name), server in tested.items():
            if name == "P-256":
                requests.setdefault(product, []).append(load(server, "/", max(1, round(options.seconds)), tls=True))
    print(file=sys.stderr)

    print(f"Medians of {options.rounds} rounds of {options.seconds} s, {CORES} cores\n")
    print("| connection: handshake, one request, close | nginx | HAProxy | Sallyport | ratio to nginx |")
    print("| --- | --- | --- | --- | --- |")
    for version in VERSIONS:
        for name in ("P-256", "RSA-2048"):
            for reuse in (False, True):
                cells = []
                for product in ("nginx", "haproxy", "sallyport"):
                    runs = handshakes[version, name, reuse, product]
                    share = median(runs, 2)
                    odd = "" if share == (1 if reuse else 0) or reuse and share > 0.9 else f", {share:.0%} resumed"
                    cells.append(f"{median(runs, 0):.0f} us, {median(runs, 1):,.0f}/s{odd}")
                ratio = (median(handshakes[version, name, reuse, "sallyport"], 0)
                         / median(handshakes[version, name, reuse, "nginx"], 0))
                kind = "resumed" if reuse else "full"
                print(f"| TLS {version}, {name}, {kind} | {' | '.join(cells)} | {ratio:.2f} |")
    print("\n| over TLS 1.3 | nginx | HAProxy | Sallyport |")
    print("| --- | --- | --- | --- |")
    products = ("nginx", "haproxy", "sallyport")
    print("| CPU us for a request on a kept connection | "
          + " | ".join(f"{median(requests[product], 0):.1f}" for product in products) + " |")
    print("| requests a second | " + " | ".join(f"{median(requests[product], 1):,.0f}" for product in products) + " |")
    print("| KiB for an idle connection | " + " | ".join(f"{memory[product]:.1f}" for product in products) + " |")


if __name__ == "__main__":
    main()
