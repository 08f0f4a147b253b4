#!/usr/bin/env python3
"""Measures what a million stored tokens cost: the start, introspection, and the sweep.

Needs a release build (`swift build -c release`). Usage: Tests/Benchmarks/storage.py [--records 1000000]

The store is filled by SQL, with records and index entries exactly as the program writes them: one of its
own is the pattern. CPU microseconds of the server's process for one request are the figures to trust.
"""
import argparse
import base64
import hashlib
import http.client
import json
import os
import secrets
import sqlite3
import statistics
import tempfile
import time
import urllib.parse
import uuid

import benchmark
from benchmark import SALLYPORT, Server, free_port, wait_for

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def connect(folder):
    return sqlite3.connect(os.path.join(folder, "state/bench.db"), timeout=30)


def config(folder, port):
    """The benchmark's config, where the client may also ask about the resource's tokens."""
    path = benchmark.sallyport(folder, port, free_port())
    with open(path) as file:
        text = file.read()
    text = text.replace('{ id: "api",', '{ id: "api", introspectors: ["uuid"],')
    return benchmark.write(folder, "sallyport.json5", text)


def start(folder):
    path = os.path.join(folder, "sallyport.json5")
    # Written once: it makes the master key, under which the stored keys are sealed.
    port = free_port() if not os.path.exists(path) else None
    if port:
        config(folder, port)
        with open(os.path.join(folder, "port"), "w") as file:
            file.write(str(port))
    else:
        with open(os.path.join(folder, "port")) as file:
            port = int(file.read())
    begun = time.perf_counter()
    server = Server("sallyport", [SALLYPORT, "serve", "--config", path], folder, port)
    try:
        wait_for(port, "/health/ready", 60)
    except SystemExit:
        with open(os.path.join(folder, "sallyport.log")) as log:
            raise SystemExit(log.read())
    return server, (time.perf_counter() - begun) * 1000


def post(connection, path, members):
    members = {"client_id": "uuid", "client_secret": benchmark.SECRET, **members}
    connection.request("POST", path, urllib.parse.urlencode(members), FORM)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {body}")
    return json.loads(body)


def issue(connection):
    return post(connection, "/oauth2/v1/token", {"grant_type": "client_credentials", "scope": "api.read"})


def fill(folder, count, expires=None):
    """Copies of the newest token under new names; the texts of 10,000 of them."""
    database = connect(folder)
    # Nobody else is here, and what a crash would lose is made again: the filling is not what is measured.
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -1000000")
    value, stored = database.execute(
        "SELECT value, expires FROM record WHERE kind = 'token' ORDER BY version DESC LIMIT 1").fetchone()
    claims = json.loads(value)
    expires = expires or stored
    texts, version = [], database.execute("SELECT max(version) FROM record").fetchone()[0]

    def records():
        nonlocal version
        for number in range(count):
            text = f"{uuid.uuid4()}_{base64.urlsafe_b64encode(secrets.token_bytes(16)).decode()[:22]}"
            if number % max(1, count // 10_000) == 0:
                texts.append(text)
            grant = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode()[:22]
            claims.update(jti=grant[::-1], gid=grant)
            key = hashlib.sha256(text.encode()).digest()
            version += 1
            yield key, version, json.dumps(claims, separators=(",", ":")).encode(), grant

    for batch in iter(lambda source=records(): [row for _, row in zip(range(20_000), source)], []):
        database.executemany(
            "INSERT INTO record (site, kind, key, version, expires, value) VALUES ('', 'token', ?, ?, ?, ?)",
            [(key, number, expires, value) for key, number, value, _ in batch])
        database.executemany(
            "INSERT INTO entry (site, kind, key, name, value) VALUES ('', 'token', ?, ?, ?)",
            [row for key, _, _, grant in batch for row in (
                (key, "grant", grant.encode()), (key, "client", b"uuid"), (key, "subject", b"uuid"))])
        database.commit()
    database.execute("UPDATE counter SET value = ? WHERE name = 'version'", (version,))
    database.commit()
    database.close()
    return texts


def introspect(server, texts):
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    before, begun = server.cpu(), time.perf_counter()
    for text in texts:
        if not post(connection, "/oauth2/v1/introspect", {"token": text})["active"]:
            raise SystemExit("a stored token is not active")
    return (server.cpu() - before) / len(texts) * 1e6, (time.perf_counter() - begun) / len(texts) * 1e6


def latencies(server, until, least=2000):
    """Milliseconds of one token request after the other, as long as `until` says, at least so many."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    times = []
    while len(times) < least or (len(times) % 100 == 0 and not until()) or len(times) % 100:
        begun = time.perf_counter()
        issue(connection)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.99)], times[-1], len(times)


def stored(folder, count):
    with tempfile.TemporaryDirectory(dir=folder) as run:
        server, _ = start(run)
        issue(http.client.HTTPConnection("127.0.0.1", server.port))
        server.stop()
        texts = fill(run, count)
        server, ready = start(run)
        first, first_wait = introspect(server, texts)
        again, again_wait = introspect(server, texts)
        memory = server.memory() / 1024
        server.stop()
        print(f"| {count:,} | {ready:.0f} | {first:.0f} | {first_wait:.0f} | {again:.0f} | {again_wait:.0f} | {memory:.0f} |", flush=True)


def swept(folder, count):
    with tempfile.TemporaryDirectory(dir=folder) as run:
        server, _ = start(run)
        issue(http.client.HTTPConnection("127.0.0.1", server.port))
        idle = latencies(server, lambda: True)
        server.stop()
        fill(run, count, expires=int(time.time() * 1000) - 1000)
        size = os.path.getsize(os.path.join(run, "state/bench.db")) / 1e6
        server, ready = start(run)
        reader = connect(run)

        def done():
            return not reader.execute(
                "SELECT EXISTS (SELECT 1 FROM record WHERE expires > 0 AND expires <= ?)",
                (int(time.time() * 1000) - 3000,)).fetchone()[0]
        begun = time.perf_counter()
        during = latencies(server, done)
        seconds = time.perf_counter() - begun
        server.stop()
        after = os.path.getsize(os.path.join(run, "state/bench.db")) / 1e6
    print(f"\n{count:,} expired records swept in {seconds:.0f} s ({count / seconds:,.0f}/s), ready after {ready:.0f} ms; "
          f"the file went from {size:.0f} to {after:.0f} MB")
    print("| opaque tokens issued one by one | p50 ms | p99 ms | longest ms | requests |\n|---|---|---|---|---|")
    for name, (p50, p99, worst, number) in (("nothing to sweep", idle), ("during the sweep", during)):
        print(f"| {name} | {p50:.2f} | {p99:.2f} | {worst:.1f} | {number} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sallyport-storage-") as folder:
        print("| stored tokens | start to ready ms | introspection, first: CPU us | wait us | again: CPU us | wait us | PSS MiB |\n"
              "|---|---|---|---|---|---|---|")
        stored(folder, 1_000)
        stored(folder, arguments.records)
        swept(folder, arguments.records)


if __name__ == "__main__":
    main()
