#!/usr/bin/env python3
"""CPU per request of the server beside nginx (apt-get install nginx-light wrk) and Hummingbird (Benchmarks/peers, where it is built),
round by round in the same minutes.

    run.py [--rounds N] [--seconds S] [--connections N]

User and system time of all processes of a server, over the requests that wrk counted. The server is the real one: routing, log line
and metrics for each request; nginx answers from memory and writes its access log. Prints the medians of the rounds and their
ratios; exit code 1 where a ratio is above its bar."""

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("FAIRVOICE", os.path.join(ROOT, ".build/release/fairvoice"))
TICKS = os.sysconf("SC_CLK_TCK")
PIPELINE = """
init = function(args)
  local request = {}
  for i = 1, 16 do request[i] = wrk.format("GET") end
  joined = table.concat(request)
end
request = function() return joined end
"""
# No two requests that follow each other have the same head.
CHANGING = """
init = function(args)
  requests = {}
  for n = 1, 64 do
    local request = {}
    for i = 1, COUNT do request[i] = wrk.format("GET", nil, {["Host"] = wrk.headers["Host"], ["X-Number"] = tostring(n * COUNT + i)}) end
    requests[n] = table.concat(request)
  end
  next = 0
end
request = function() next = next % 64 + 1; return requests[next] end
"""
# Name, over TLS, arguments of wrk, path, the bar of the ratio to each peer. The estimate is JSON that is made for each request: ours
# prices and writes it, Hummingbird's encodes as much that is always the same. Those without a bar say what a client that never says the same twice costs.
CASES = [
    ("GET of a tiny page, keep-alive", False, [], "/livez", {"nginx": 1.15, "Hummingbird": 1 / 3}),
    ("the same, pipelined 16", False, ["-s", "pipeline.lua"], "/livez", {"nginx": 0.2}),
    ("keep-alive, heads that differ", False, ["-s", "changing.lua"], "/livez", {"nginx": None, "Hummingbird": None}),
    ("pipelined 16, heads that differ", False, ["-s", "changing-16.lua"], "/livez", {"nginx": None}),
    ("a connection for each request", False, ["-H", "Connection: close"], "/livez", {"nginx": 1.3}),
    ("TLS 1.3, keep-alive", True, [], "/livez", {"nginx": 1.2}),
    ("JSON made for each request", False, [], "/v1/estimate?language=de&emotion=anger", {"Hummingbird": 1 / 5}),
]


def run(command, folder):
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def processes(root):
    """A process and its children."""
    found = [root]
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    if int(file.read().rsplit(")", 1)[1].split()[1]) == root:
                        found.append(int(name))
            except OSError:
                pass
    return found


def cpu_seconds(pids):
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


class Fairvoice:
    name = "fairvoice"

    def __init__(self, folder):
        self.ports, self.pids, self.servers = {}, {}, []
        for over_tls in (False, True):
            flags = ["--tls-cert", "cert.pem", "--tls-key", "key.pem"] if over_tls else []
            server = subprocess.Popen(
                [PROGRAM, "serve", "--data", f"data-{over_tls}", "--port", "0", *flags], cwd=folder, stdout=subprocess.PIPE,
                stderr=open(os.path.join(folder, f"log-{over_tls}"), "w"), text=True)
            self.ports[over_tls] = int(server.stdout.readline().strip().rsplit(":", 1)[1])
            self.pids[over_tls] = [server.pid]
            self.servers.append(server)

    def target(self, over_tls, path):
        return f"{'https' if over_tls else 'http'}://127.0.0.1:{self.ports[over_tls]}{path}"

    def end(self):
        for server in self.servers:
            server.terminate()
            server.wait()


class Nginx:
    name = "nginx"
    CONFIGURATION = """
daemon off; worker_processes 4; pid nginx.pid; error_log error.log;
events { worker_connections 20000; }
http {
  access_log access.log; keepalive_requests 100000000; keepalive_timeout 75s;
  client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
  server {
    listen 127.0.0.1:PLAIN reuseport; listen 127.0.0.1:SECURE ssl reuseport;
    ssl_certificate cert.pem; ssl_certificate_key key.pem; ssl_protocols TLSv1.3;
    default_type application/json;
    location /livez { return 200 '{"status":"alive"}'; }
  }
}
"""

    def __init__(self, folder):
        self.ports = {False: 18080, True: 18443}
        with open(os.path.join(folder, "nginx.conf"), "w") as file:
            file.write(self.CONFIGURATION.replace("PLAIN", "18080").replace("SECURE", "18443"))
        self.server = subprocess.Popen(["nginx", "-p", folder, "-c", "nginx.conf"], cwd=folder, stderr=subprocess.DEVNULL)
        time.sleep(1)
        self.pids = dict.fromkeys((False, True), processes(self.server.pid))

    def target(self, over_tls, path):
        return f"{'https' if over_tls else 'http'}://127.0.0.1:{self.ports[over_tls]}{path}"

    def end(self):
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait()


class Hummingbird:
    name = "Hummingbird"
    PROGRAM = os.path.join(ROOT, "Benchmarks/peers/.build/release/hummingbird-peer")
    PORT = 18082

    def __init__(self, folder):
        self.server = subprocess.Popen([self.PROGRAM, str(self.PORT)], cwd=folder, stderr=subprocess.DEVNULL)
        time.sleep(1)
        self.pids = {False: [self.server.pid]}

    def target(self, over_tls, path):
        return f"http://127.0.0.1:{self.PORT}{path.removeprefix('/v1')}"

    def end(self):
        self.server.terminate()
        self.server.wait()


def measure(server, over_tls, arguments, path, folder, options):
    """Microseconds of CPU a request, and requests a second."""
    before = cpu_seconds(server.pids[over_tls])
    done = subprocess.run(
        ["wrk", "-t2", f"-c{options.connections}", f"-d{options.seconds}s", *arguments, server.target(over_tls, path)], cwd=folder,
        capture_output=True, text=True, check=True)
    spent = cpu_seconds(server.pids[over_tls]) - before
    if "Non-2xx" in done.stdout:
        sys.exit(f"{server.name} refused: {done.stdout}")
    count = int(re.search(r"(\d+) requests in", done.stdout)[1])
    return spent / count * 1e6, count / options.seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    for tool in ("nginx", "wrk", "openssl"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is not installed: apt-get install nginx-light wrk openssl")
    is_over = False
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".bench-") as folder:
        run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
             "-days", "2", "-keyout", "key.pem", "-out", "cert.pem"], folder)
        with open(os.path.join(folder, "pipeline.lua"), "w") as file:
            file.write(PIPELINE)
        for name, count in (("changing.lua", 1), ("changing-16.lua", 16)):
            with open(os.path.join(folder, name), "w") as file:
                file.write(CHANGING.replace("COUNT", str(count)))
        servers = [Fairvoice(folder), Nginx(folder)]
        if os.path.exists(Hummingbird.PROGRAM):
            servers.append(Hummingbird(folder))
        else:
            print("Hummingbird is not built: swift build -c release --package-path Benchmarks/peers", flush=True)
        try:
            figures = {}
            for number in range(options.rounds):
                for case, over_tls, arguments, path, bars in CASES:
                    for server in servers[:: 1 if number % 2 else -1]:
                        if server.name in bars or server is servers[0]:
                            figures.setdefault((case, server.name), []).append(
                                measure(server, over_tls, arguments, path, folder, options))
            for case, _, _, _, bars in CASES:
                for peer, bar in bars.items():
                    if (case, peer) not in figures:
                        continue
                    ours, theirs = ([statistics.median(column) for column in zip(*figures[case, name])] for name in ("fairvoice", peer))
                    ratio = statistics.median(
                        one[0] / other[0] for one, other in zip(figures[case, "fairvoice"], figures[case, peer]))
                    is_over |= bar is not None and ratio > bar
                    demand = f" (at most {bar:.2f})" if bar is not None else ""
                    print(f"{case}: {ours[0]:.1f} µs of CPU ({ours[1]:.0f}/s), {peer} {theirs[0]:.1f} µs ({theirs[1]:.0f}/s), "
                          f"ratio {ratio:.2f}{demand}", flush=True)
        finally:
            for server in servers:
                server.end()
    return 1 if is_over else 0


if __name__ == "__main__":
    sys.exit(main())
