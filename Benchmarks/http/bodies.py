#!/usr/bin/env python3
"""Large bodies, in interleaved rounds (apt-get install nginx-light openssl curl).

    bodies.py [--rounds N]

Up: 8 clients send recordings of 8 MiB each, which the server hashes and puts on the disk, beside eight times `cat > file`,
`openssl dgst -sha256` over as many bytes and `sync file`, because the server answers once a recording would outlast a loss of power.
The same without `sync` is printed beside it. Neither side keeps its files beyond its part of a round, so that both write to memory and
disk in the same state. Down: one client fetches its recording of 500 MB, beside nginx, which sends the same file. Prints medians and
their ratios; exit code 1 where one is below its bar."""
import argparse
import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "Tests/Faults"))
from program import Server  # noqa: E402

CLIENTS = 8
UPLOADS = 8
UPLOAD_BYTES = 8 << 20
DOWNLOAD_BYTES = 500_000_000
UPLOAD_BAR = 0.7
DOWNLOAD_BAR = 0.8
NGINX_PORT = 18081


class Contributor:
    """Somebody with a key, a consent and a locked price."""

    def __init__(self, server):
        self.port = server.port
        made = server.call("POST", "/v1/contributors", body={"languages": [{"language": "de"}]})
        self.key = made.json["key"]["key"]
        server.call("POST", "/v1/me/consents", self.key, {"purposes": ["emotion-recognition"]})
        self.quote = server.call("POST", "/v1/quotes", self.key, {"language": "de", "emotion": "anger"}).json["id"]

    def upload(self, connection, body):
        connection.request(
            "POST", f"/v1/recordings?quote={self.quote}", body,
            {"Authorization": f"Bearer {self.key}", "Content-Type": "audio/wav"})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 201:
            sys.exit(f"an upload was answered {answer.status}: {text[:300]}")
        return answer.getheader("Location")

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)


def together(work):
    """Seconds until every one of some threads is done."""
    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def upload_rate(folder, noise):
    """MiB a second through a server of its own, whose files are gone afterwards, and milliseconds of the server's CPU for each MiB. No two
    bodies are the same. The first of each client opens its connection and is not measured."""
    data = os.path.join(folder, "upload-data")
    server = Server(data).start()
    contributors = [Contributor(server) for _ in range(CLIENTS)]
    connections = [contributor.connect() for contributor in contributors]
    bodies = [[os.urandom(16) + noise for _ in range(UPLOADS + 1)] for _ in contributors]

    def send(number, count):
        for _ in range(count):
            contributors[number].upload(connections[number], bodies[number].pop())

    together(lambda number: send(number, 1))
    spent = cpu_seconds(server.process.pid)
    seconds = together(lambda number: send(number, UPLOADS))
    spent = cpu_seconds(server.process.pid) - spent
    for connection in connections:
        connection.close()
    server.kill(15)
    shutil.rmtree(data)
    mebibytes = CLIENTS * UPLOADS * UPLOAD_BYTES / (1 << 20)
    return mebibytes / seconds, spent * 1000 / mebibytes


def cpu_seconds(pid):
    """Of a process, user and system."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def tool_rate(folder, source, is_synced=False):
    """MiB a second of `cat > file` and `openssl dgst -sha256`, which run at the same time over the same bytes; then of `sync file`, where
    that is wanted, as the server does before it answers."""
    copies = [os.path.join(folder, f"copy-{number}") for number in range(CLIENTS)]

    def work(number):
        copy = copies[number]
        with open(source) as given, open(copy, "w") as target:
            cat = subprocess.Popen(["cat"], stdin=given, stdout=target)
        subprocess.run(["openssl", "dgst", "-sha256", source], stdout=subprocess.DEVNULL, check=True)
        cat.wait()
        if is_synced:
            subprocess.run(["sync", copy], check=True)

    seconds = together(work)
    for copy in copies:
        os.unlink(copy)
    return CLIENTS * UPLOADS * UPLOAD_BYTES / seconds / (1 << 20)


def download_rate(url, *fields):
    """MiB a second of one client that throws the bytes away."""
    command = ["curl", "-sS", "-o", "/dev/null", "-w", "%{size_download} %{time_total}", *fields, url]
    size, seconds = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if int(size) != DOWNLOAD_BYTES:
        sys.exit(f"{url} sent {size} bytes")
    return int(size) / float(seconds) / (1 << 20)


def big_recording(contributor):
    """A recording of 500 MB, sent in pieces."""
    head = (f"POST /v1/recordings?quote={contributor.quote} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {contributor.key}\r\n"
            f"Content-Type: audio/wav\r\nContent-Length: {DOWNLOAD_BYTES}\r\nConnection: close\r\n\r\n")
    piece = os.urandom(1_000_000)
    with socket.create_connection(("127.0.0.1", contributor.port)) as connection:
        connection.sendall(head.encode())
        for _ in range(DOWNLOAD_BYTES // len(piece)):
            connection.sendall(piece)
        answer = b""
        while more := connection.recv(65536):
            answer += more
    if not answer.startswith(b"HTTP/1.1 201"):
        sys.exit(f"the large upload was answered {answer[:200]}")
    return next(line.split(b": ")[1].decode() for line in answer.split(b"\r\n") if line.lower().startswith(b"location:"))


def nginx(folder):
    with open(os.path.join(folder, "nginx.conf"), "w") as file:
        file.write(f"daemon off; worker_processes 4; pid nginx.pid; error_log error.log; user root;\nevents {{ }}\n"
                   f"http {{ access_log access.log; sendfile on; tcp_nopush on; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;\n"
                   f"uwsgi_temp_path t4; scgi_temp_path t5; server {{ listen 127.0.0.1:{NGINX_PORT}; root {folder}; }} }}\n")
    return subprocess.Popen(["nginx", "-p", folder, "-c", "nginx.conf"], cwd=folder, stderr=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    for tool in ("nginx", "openssl", "curl"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is not installed: apt-get install nginx-light openssl curl")
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".bench-") as folder:
        noise = os.urandom(UPLOAD_BYTES - 16)
        source = os.path.join(folder, "source")
        with open(source, "wb") as file:
            for _ in range(UPLOADS):
                file.write(noise + os.urandom(16))
        durable, volatile, costs = [], [], []
        for _ in range(rounds):
            ours, cost = upload_rate(folder, noise)
            costs.append(cost)
            durable.append((ours, tool_rate(folder, source, is_synced=True)))
            volatile.append((ours, tool_rate(folder, source)))
        server = Server(os.path.join(folder, "data")).start()
        contributor = Contributor(server)
        location = big_recording(contributor)
        with open(os.path.join(folder, "file"), "wb") as file:
            file.truncate(0)
            piece = os.urandom(1_000_000)
            for _ in range(DOWNLOAD_BYTES // len(piece)):
                file.write(piece)
        other = nginx(folder)
        time.sleep(1)
        down = []
        for _ in range(rounds):
            ours = download_rate(f"http://127.0.0.1:{server.port}{location}/audio", "-H", f"Authorization: Bearer {contributor.key}")
            down.append((ours, download_rate(f"http://127.0.0.1:{NGINX_PORT}/file")))
        other.terminate()
        other.wait()
        server.kill(15)
    is_below = False
    for name, peer, figures, bar in (
            (f"{CLIENTS} clients upload {UPLOAD_BYTES >> 20} MiB, hashed and on disk", "cat, openssl and sync", durable, UPLOAD_BAR),
            ("the same", "cat and openssl, which leave the copies in memory", volatile, None),
            ("one client downloads 500 MB", "nginx", down, DOWNLOAD_BAR)):
        ours, theirs = (statistics.median(column) for column in zip(*figures))
        ratio = statistics.median(one / two for one, two in figures)
        is_below |= bar is not None and ratio < bar
        demand = f" (at least {bar})" if bar is not None else ""
        print(f"{name}: {ours:.0f} MiB/s, {peer} {theirs:.0f} MiB/s, ratio {ratio:.2f}{demand}")
    print(f"an upload costs the server {statistics.median(costs):.2f} ms of CPU for each MiB")
    return 1 if is_below else 0


if __name__ == "__main__":
    sys.exit(main())
