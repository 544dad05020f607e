#!/usr/bin/env python3
"""Memory of the server for idle keep-alive connections.

    idle.py [CONNECTIONS]

Each connection asks once, reads its answer and stays. Prints the growth of the server's own memory (PSS); exit code 1 where it is above its bar, or
where a connection was lost."""
import os
import resource
import socket
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "Tests/Faults"))
from program import Server  # noqa: E402

BAR_MIB = 30
WARM_COUNT = 500
REQUEST = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"


def memory_kib(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))


def ask(connection):
    connection.sendall(REQUEST)
    return connection.recv(65536).startswith(b"HTTP/1.1 200")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count + 1000), hard))
    with tempfile.TemporaryDirectory(prefix="fairvoice-idle-") as folder:
        server = Server(os.path.join(folder, "data")).start()
        pid = server.process.pid
        warm = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(WARM_COUNT)]
        for connection in warm:
            ask(connection)
            connection.close()
        before = memory_kib(pid)
        idle = []
        answered = 0
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", server.port))
            answered += ask(connection)
            idle.append(connection)
        after = memory_kib(pid)
        # All of them are still there.
        alive = sum(ask(connection) for connection in idle)
        again = memory_kib(pid)
        for connection in idle:
            connection.close()
        server.kill(15)
    grown = (after - before) / 1024
    print(f"{count} idle connections: {grown:.1f} MiB more ({(after - before) * 1024 / count:.0f} bytes each; at most {BAR_MIB} MiB), "
          f"{(again - before) / 1024:.1f} MiB after each asked once more; {answered} answered, {alive} alive")
    return 1 if grown > BAR_MIB or answered < count or alive < count else 0


if __name__ == "__main__":
    sys.exit(main())
