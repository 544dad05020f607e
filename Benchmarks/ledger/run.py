#!/usr/bin/env python3
"""Durable transfers through HTTP beside what libsqlite3 alone reaches, round by round in the same minute.

    run.py [--rounds N] [--seconds S] [--clients N]

A round is the C program twice (FULL, 100 to a commit: bare transfers, and the rows of a deposit) and 64 keep-alive clients that
deposit funds. Prints the medians and both ratios; exit code 1 if the one to the same rows is under 0.5 or p99 over 25 ms."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("FAIRVOICE", os.path.join(ROOT, ".build/release/fairvoice"))
RATIO_MIN = 0.5
P99_MS_MAX = 25


def compile_program(name, folder):
    binary = os.path.join(folder, name)
    libraries = ["-lsqlite3", "-lcrypto"] if name == "transfers" else []
    source = os.path.join(HERE, name + ".c")
    headers = os.path.join(ROOT, "Sources/CSQLite/include")
    subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-I", headers, "-o", binary, source] + libraries, check=True)
    return binary


def call(port, method, path, key=None, body=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method)
    if key:
        request.add_header("Authorization", f"Bearer {key}")
    data = None
    if body is not None:
        data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, data) as answer:
        return json.load(answer)


def transfers(binary, rows, work, seconds):
    folder = tempfile.mkdtemp(dir=work)
    command = [binary, rows, os.path.join(ROOT, "Migrations"), folder, str(seconds), "100"]
    output = subprocess.run(command, check=True, capture_output=True, text=True)
    shutil.rmtree(folder)
    return float(output.stdout)


def deposits(load, work, seconds, clients):
    folder = tempfile.mkdtemp(dir=work)
    key = subprocess.run([PROGRAM, "admin", "create", "--data", folder], check=True, capture_output=True, text=True).stdout.strip()
    keys = os.path.join(folder, "keys")
    with open(keys, "w") as file:
        file.write(key + "\n")
    server = subprocess.Popen(
        [PROGRAM, "serve", "--data", folder, "--port", "0", "--log-level", "warning"], stdout=subprocess.PIPE, text=True)
    try:
        port = server.stdout.readline().strip().rsplit(":", 1)[1]
        buyer = call(port, "POST", "/v1/buyers", body={"name": "Bench"})["buyer"]["id"]
        body = json.dumps({"buyer": buyer, "amount": "1.00", "reference": "bench"})
        run = subprocess.run(
            [load, port, str(clients), str(seconds), "/v1/admin/deposits", body, keys], capture_output=True, text=True)
        if run.returncode:
            sys.exit(run.stderr)
        rate, p50, p99, _ = run.stdout.split()
    finally:
        server.terminate()
        server.wait()
    subprocess.run([PROGRAM, "ledger", "verify", "--data", folder], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder)
    return float(rate), float(p50), float(p99)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--clients", type=int, default=64)
    options = parser.parse_args()
    rounds = []
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".bench-") as work:
        c_program, load = compile_program("transfers", work), compile_program("load", work)
        for number in range(options.rounds):
            bare = transfers(c_program, "bare", work, options.seconds)
            same = transfers(c_program, "deposit", work, options.seconds)
            rate, p50, p99 = deposits(load, work, options.seconds, options.clients)
            rounds.append((bare, same, rate, rate / bare, rate / same, p50, p99))
            print(f"round {number + 1}: " + line(rounds[-1]), flush=True)
    medians = [statistics.median(values) for values in zip(*rounds)]
    print("median: " + line(medians))
    return 0 if medians[4] >= RATIO_MIN and medians[6] <= P99_MS_MAX else 1


def line(figures):
    bare, same, rate, to_bare, to_same, p50, p99 = figures
    return (
        f"libsqlite3 {bare:.0f}/s bare, {same:.0f}/s with the rows of a deposit; HTTP {rate:.0f}/s, "
        f"ratio {to_bare:.2f} and {to_same:.2f} (at least {RATIO_MIN}), p50 {p50:.1f} ms, p99 {p99:.1f} ms (at most {P99_MS_MAX})")


if __name__ == "__main__":
    sys.exit(main())
