#!/usr/bin/env python3
"""Measures Sallyport beside nginx and HAProxy, in one run, on this machine.

Needs Debian's nginx, haproxy and wrk, and a release build (`swift build -c release`).
Usage: Tests/Benchmarks/benchmark.py [--seconds 4] [--rounds 3] [--tokens 10000] [--quick]
       Tests/Benchmarks/benchmark.py --growth 100000

CPU microseconds of the server's own processes for one request is the figure to trust: load, server
and upstream share the cores, so requests a second only say how these were divided. Every server
gets a worker for each core and keeps connections to the same upstream. nginx and Sallyport write an
access log to a file; HAProxy, which logs to syslog only, writes none.
"""
import argparse
import base64
import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SALLYPORT = os.environ.get("SALLYPORT_BIN", os.path.join(ROOT, ".build/release/sallyport"))
CORES = os.cpu_count()
TICKS = os.sysconf("SC_CLK_TCK")
ISSUER, AUDIENCE, SECRET = "https://bench.example", "https://api.bench.example", "bench-secret-0123456789"


# --- processes ---------------------------------------------------------------------------------

class Server:
    """A server under test: its process group, its port, and what it costs."""

    def __init__(self, name, command, folder, port=None, ready="/"):
        self.name, self.port = name, port
        self.log = open(os.path.join(folder, f"{name}.log"), "ab")
        self.command, self.ready = command, ready
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)

    def pids(self):
        """The processes of its group: servers with workers have several."""
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                with contextlib.suppress(OSError):
                    if os.getpgid(int(entry)) == self.process.pid:
                        found.append(int(entry))
        return found

    def cpu(self):
        """Seconds of user and system time so far."""
        total = 0
        for pid in self.pids():
            with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def memory(self):
        """Proportional set size in KiB."""
        total = 0
        for pid in self.pids():
            with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as rollup:
                total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        return total

    def stop(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def wait_for(port, path="/", seconds=15, headers=None):
    """Waits until the port answers with 200 and returns how long that took."""
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", path, headers=headers or {})
            if connection.getresponse().status == 200:
                return time.perf_counter() - start
        except OSError:
            time.sleep(0.0005)
    raise SystemExit(f"nothing answers on port {port}")


# --- configurations ----------------------------------------------------------------------------

def write(folder, name, text, mode=0o600):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)
    return path


def nginx(folder, name, server, upstream=None):
    pool = f"upstream app {{ server 127.0.0.1:{upstream}; keepalive 256; }}" if upstream else ""
    return write(folder, name, f"""
worker_processes {CORES}; pid {folder}/{name}.pid; error_log {folder}/{name}.error; daemon off;
events {{ worker_connections 8192; }}
http {{
  access_log {folder}/{name}.access; keepalive_requests 1000000; keepalive_timeout 300s;
  client_body_temp_path {folder}/{name}.b; proxy_temp_path {folder}/{name}.p;
  fastcgi_temp_path {folder}/{name}.f; uwsgi_temp_path {folder}/{name}.u; scgi_temp_path {folder}/{name}.s;
  {pool}
  server {{ {server} }}
}}""")


def haproxy(folder, port, upstream, algorithm=None):
    check = ""
    if algorithm:
        key = os.path.join(folder, f"{algorithm}.pem")
        check = f"""
  http-request set-var(txn.bearer) http_auth_bearer
  http-request deny deny_status 401 unless {{ var(txn.bearer),jwt_header_query('$.alg') -m str {algorithm} }}
  http-request deny deny_status 401 unless {{ var(txn.bearer),jwt_verify(\"{algorithm}\",\"{key}\") -m int 1 }}
  http-request deny deny_status 401 unless {{ var(txn.bearer),jwt_payload_query('$.iss') -m str {ISSUER} }}
  http-request deny deny_status 401 unless {{ var(txn.bearer),jwt_payload_query('$.aud') -m str {AUDIENCE} }}
  http-request set-var(txn.exp) var(txn.bearer),jwt_payload_query('$.exp','int')
  http-request set-var(txn.now) date()
  http-request deny deny_status 401 unless {{ var(txn.exp),sub(txn.now) -m int gt 0 }}
  http-request deny deny_status 403 unless {{ var(txn.bearer),jwt_payload_query('$.scope') -m sub api.read }}
  http-request del-header authorization"""
    return write(folder, f"haproxy-{algorithm or 'plain'}.cfg", f"""
global
  nbthread {CORES}
  maxconn 8192
defaults
  mode http
  timeout connect 5s
  timeout client 300s
  timeout server 60s
  http-reuse always
frontend f
  bind 127.0.0.1:{port}{check}
  default_backend b
backend b
  server s 127.0.0.1:{upstream}
""")


def sallyport_without_cache(folder, port, upstream):
    """A proxy that verifies each token anew, by the keys of the first one's key set."""
    return write(folder, "uncached.json5", f"""{{
  state: "uncached-state",
  listeners: [{{ address: "127.0.0.1:{port}", serves: ["proxy"] }}],
  resources: [{{ id: "api", audience: "{AUDIENCE}", scopes: {{ "api.read": "Read" }} }}],
  proxy: {{ issuers: [{{ issuer: "{ISSUER}", jwks: {{ file: "jwks.json" }}, algorithms: ["ES256", "RS256"] }}],
           upstreams: {{ app: {{ address: "http://127.0.0.1:{upstream}" }} }},
           routes: [{{ path: "/", methods: ["GET", "HEAD"], upstream: "app", audience: "{AUDIENCE}", scopes: ["api.read"] }}] }},
  limits: {{ cachedTokens: 0 }}, admin: {{ socket: "uncached.sock" }},
}}""")


def sallyport(folder, port, upstream):
    write(folder, "client.secret", SECRET)
    write(folder, "master.key", "", 0o600)
    with open(os.path.join(folder, "master.key"), "wb") as file:
        file.write(os.urandom(32))
    client = '{{ id: "{0}", secret: {{ file: "client.secret" }}, grantTypes: ["client_credentials"], scopes: ["api.read"], tokens: {{ {1} accessTokenLifetime: "2h" }} }}'
    return write(folder, "sallyport.json5", f"""{{
  issuer: "{ISSUER}", state: "state",
  listeners: [{{ address: "127.0.0.1:{port}", serves: ["authorization-server", "proxy"] }}],
  plugins: {{ grants: [{{ load: "grant-client-credentials", pure: true }}],
             storage: {{ load: "storage-sqlite", config: {{ path: "bench.db" }} }} }},
  keys: {{ master: [{{ file: "master.key" }}] }},
  resources: [{{ id: "api", audience: "{AUDIENCE}", scopes: {{ "api.read": "Read" }} }}],
  clients: [{client.format("es256", 'algorithm: "ES256",')}, {client.format("rs256", 'algorithm: "RS256",')},
            {client.format("uuid", 'format: "uuid",')}],
  proxy: {{ upstreams: {{ app: {{ address: "http://127.0.0.1:{upstream}" }} }},
           routes: [{{ path: "/open/", upstream: "app", anonymous: true }},
                    {{ path: "/", methods: ["GET", "HEAD"], upstream: "app", audience: "{AUDIENCE}", scopes: ["api.read"] }}] }},
  admin: {{ socket: "admin.sock" }},
}}""")


# --- tokens and keys ---------------------------------------------------------------------------

def form(client):
    return urllib.parse.urlencode({
        "grant_type": "client_credentials", "client_id": client, "client_secret": SECRET, "scope": "api.read"})


def mint(port, client, count):
    """So many different tokens of one client, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    tokens = []
    for _ in range(count):
        connection.request("POST", "/oauth2/v1/token", form(client),
                           {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"no token for {client}: {answer.status} {body.decode()}")
        tokens.append(json.loads(body)["access_token"])
    return tokens


def number(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def tagged(tag, content):
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x80 | (size.bit_length() + 7) // 8]) + size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + length + content


def pem(jwk):
    """The public key of a JWK as OpenSSL reads it."""
    if jwk["kty"] == "EC":
        algorithm = bytes.fromhex("06072a8648ce3d020106082a8648ce3d030107")
        key = b"\x00\x04" + number(jwk["x"]) + number(jwk["y"])
    else:
        algorithm = bytes.fromhex("06092a864886f70d0101010500")
        integers = tagged(2, b"\x00" + number(jwk["n"])) + tagged(2, number(jwk["e"]))
        key = b"\x00" + tagged(0x30, integers)
    der = tagged(0x30, tagged(0x30, algorithm) + tagged(3, key))
    text = base64.encodebytes(der).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{text}-----END PUBLIC KEY-----\n"


# --- measuring ---------------------------------------------------------------------------------

def load(server, path, seconds, script_args=(), header=None, tls=False):
    """One spell of load: (CPU microseconds a request, requests a second, median latency, errors)."""
    command = ["wrk", "-t2", "-c64", f"-d{seconds}s", "-s", os.path.join(HERE, "wrk.lua")]
    if header:
        command += ["-H", header]
    command += [f"http{'s' if tls else ''}://127.0.0.1:{server.port}{path}", "--", *script_args]
    before = server.cpu()
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = server.cpu() - before
    result = next(line for line in output.splitlines() if line.startswith("RESULT"))
    requests, duration, errors, median = (int(word) for word in result.split()[1:])
    if requests == 0:
        raise SystemExit(f"{server.name} answered nothing:\n{output}")
    return used * 1e6 / requests, requests * 1e6 / duration, median, errors


def idle_cost(server, path, count, headers):
    """KiB for each of so many connections that have asked once and are kept."""
    before = server.memory()
    held = []
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    for _ in range(count):
        sock = socket.create_connection(("127.0.0.1", server.port))
        sock.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n{fields}\r\n".encode())
        sock.recv(65536)
        held.append(sock)
    time.sleep(0.5)
    after = server.memory()
    for sock in held:
        sock.close()
    return (after - before) / count


def growth(options, folder, server, some):
    """What a request costs with few and with many verified tokens in the cache."""
    many = some + mint(server.port, "es256", options.growth - len(some))
    files = {count: write(folder, f"{count}.tokens", "\n".join(many[:count]) + "\n")
             for count in (1_000, options.growth)}
    for count, file in files.items():
        # Each loop has a cache of its own, and must meet nearly every token once.
        for _ in range(12):
            if load(server, "/x", 6, (file,))[0] < 35:
                break
    figures = {count: [] for count in files}
    for _ in range(options.rounds):
        for count, file in files.items():
            figures[count].append(load(server, "/x", options.seconds, (file,))[0])
    few, full = (median(figures[count]) for count in files)
    print(f"CPU us/request: 1,000 tokens {few:.1f}, {options.growth:,} tokens {full:.1f}, ratio {full / few:.2f}")


def median(values):
    return statistics.median(values)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tokens", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=2_000)
    parser.add_argument("--growth", type=int, default=0, metavar="TOKENS",
                        help="only compare 1,000 cached tokens with so many; takes minutes")
    parser.add_argument("--quick", action="store_true", help="a short run that only shows that all works")
    options = parser.parse_args()
    if options.quick:
        options.seconds, options.rounds, options.tokens, options.connections = 1, 1, 200, 100
    os.environ["PATH"] += ":/usr/sbin"
    missing = [tool for tool in ("nginx", "haproxy", "wrk") if not shutil.which(tool)]
    if missing or not os.path.exists(SALLYPORT):
        sys.exit(f"missing: {' '.join(missing) or SALLYPORT}")

    folder = tempfile.mkdtemp(prefix="sallyport-bench-")
    servers = []

    def start(name, command, port, path="/", headers=None):
        server = Server(name, command, folder, port)
        servers.append(server)
        wait_for(port, path, headers=headers)
        return server

    try:
        run(options, folder, start)
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def run(options, folder, start):
    # The upstream is not measured.
    upstream = free_port()
    body = "x" * 200
    start("upstream", ["nginx", "-c", nginx(
        folder, "upstream.conf", f'listen 127.0.0.1:{upstream}; access_log off; location / {{ return 200 "{body}"; }}')], upstream)

    port = free_port()
    config = sallyport(folder, port, upstream)
    command = [SALLYPORT, "serve", "--config", config]
    first = start("sallyport", command, port, "/open/")
    jwks = http.client.HTTPConnection("127.0.0.1", port)
    jwks.request("GET", "/oauth2/v1/jwks")
    keys = jwks.getresponse().read().decode()
    write(folder, "jwks.json", keys)
    for jwk in json.loads(keys)["keys"]:
        write(folder, f"{jwk['alg']}.pem", pem(jwk))
    tokens = {name: mint(port, name, options.tokens) for name in ("es256", "rs256")}
    tokens["uuid"] = mint(port, "uuid", min(options.tokens, 1000))
    for name, list_of in tokens.items():
        write(folder, f"{name}.tokens", "\n".join(list_of) + "\n")

    if options.growth:
        growth(options, folder, first, tokens["es256"])
        return

    # The first start made keys and a database; the second is what users wait for.
    first.stop()
    starts = []
    for _ in range(5 if not options.quick else 1):
        begun = time.perf_counter()
        server = Server("sallyport", command, folder, port)
        wait_for(port, "/open/")
        starts.append((time.perf_counter() - begun) * 1000)
        server.stop()
    own = start("sallyport", command, port, "/open/")
    memory = {"sallyport": own.memory()}

    again = free_port()
    uncached = start("sallyport-uncached", [
        SALLYPORT, "serve", "--config", sallyport_without_cache(folder, again, upstream)], again,
        headers={"Authorization": f"Bearer {tokens['es256'][0]}"})

    others = {}
    plain = free_port()
    others["nginx"] = start("nginx", ["nginx", "-c", nginx(
        folder, "nginx.conf",
        f"listen 127.0.0.1:{plain}; location / {{ proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ''; }}",
        upstream)], plain)
    memory["nginx"] = others["nginx"].memory()
    for algorithm in (None, "ES256", "RS256"):
        name = f"haproxy {algorithm or 'plain'}"
        other = free_port()
        headers = {"Authorization": f"Bearer {tokens[algorithm.lower()][0]}"} if algorithm else {}
        others[name] = start(name, ["haproxy", "-f", haproxy(folder, other, upstream, algorithm)], other, headers=headers)
    memory["haproxy"] = others["haproxy plain"].memory()

    same = f"Authorization: Bearer {tokens['es256'][0]}"
    opaque = f"Authorization: Bearer {tokens['uuid'][0]}"
    file = {name: os.path.join(folder, f"{name}.tokens") for name in tokens}
    for name in ("es256", "rs256", "uuid"):
        write(folder, f"{name}.form", form(name) + "\n")
    many = f"{options.tokens:,} tokens"
    cases = [
        ("plain: nginx", others["nginx"], "/", (), None),
        ("plain: HAProxy", others["haproxy plain"], "/", (), None),
        ("plain: Sallyport", own, "/open/", (), None),
        ("one token: Sallyport", own, "/x", (), same),
        ("one opaque token: Sallyport", own, "/x", (), opaque),
        (f"RS256, {many}: HAProxy", others["haproxy RS256"], "/x", (file["rs256"],), None),
        (f"RS256, {many}: Sallyport", own, "/x", (file["rs256"],), None),
        (f"RS256, {many}, no cache: Sallyport", uncached, "/x", (file["rs256"],), None),
        (f"ES256, {many}: HAProxy", others["haproxy ES256"], "/x", (file["es256"],), None),
        (f"ES256, {many}: Sallyport", own, "/x", (file["es256"],), None),
        (f"ES256, {many}, no cache: Sallyport", uncached, "/x", (file["es256"],), None),
        ("ES256 token issued: Sallyport", own, "/oauth2/v1/token", ("post", os.path.join(folder, "es256.form")), None),
        ("RS256 token issued: Sallyport", own, "/oauth2/v1/token", ("post", os.path.join(folder, "rs256.form")), None),
        ("opaque token issued and stored: Sallyport", own, "/oauth2/v1/token", ("post", os.path.join(folder, "uuid.form")), None),
    ]
    figures = {name: [] for name, *_ in cases}
    for turn in range(options.rounds):
        for name, server, path, arguments, header in cases:
            figures[name].append(load(server, path, options.seconds, arguments, header))
            print(f"\rround {turn + 1} of {options.rounds}: {name:60}", end="", file=sys.stderr)
    print(file=sys.stderr)

    base = median([cpu for cpu, *_ in figures["plain: nginx"]])
    print(f"CPU of the server for a request, medians of {options.rounds} rounds of {options.seconds} s, {CORES} cores\n")
    print("| case | CPU us/request | ratio to plain nginx | requests/s | p50 ms | errors |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, results in figures.items():
        cpu = median([r[0] for r in results])
        print(f"| {name} | {cpu:.1f} | {cpu / base:.2f} | {median([r[1] for r in results]):,.0f} "
              f"| {median([r[2] for r in results]) / 1000:.2f} | {sum(r[3] for r in results)} |")
    bearer = {"Authorization": f"Bearer {tokens['es256'][0]}"}
    idle = {
        "sallyport": idle_cost(own, "/x", options.connections, bearer),
        "nginx": idle_cost(others["nginx"], "/x", options.connections, {}),
        "haproxy": idle_cost(others["haproxy plain"], "/x", options.connections, {}),
    }
    print("\n| memory (PSS) | after start, MiB | for an idle connection, KiB |")
    print("| --- | --- | --- |")
    for name in ("sallyport", "nginx", "haproxy"):
        print(f"| {name} | {memory[name] / 1024:.1f} | {idle[name]:.2f} |")
    print(f"\nSallyport, exec to first 200 on a second start: {median(starts):.0f} ms")


if __name__ == "__main__":
    main()
