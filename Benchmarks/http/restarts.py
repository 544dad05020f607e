#!/usr/bin/env python3
"""Ends the server by SIGTERM under load, again and again, and starts it at the same socket, which is passed as systemd does.

    restarts.py [RESTARTS] [SEED] [CLIENTS] [tls]

Each request that was written whole must be answered, no connection refused, and every end orderly. Prints one line; exit code 1 where
something was lost."""
import json, os, random, signal, socket, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("FAIRVOICE", os.path.join(ROOT, ".build/release/fairvoice"))
READY_SECONDS_MAX = 60
# From READY=1 to SIGTERM, at random.
SERVES_SECONDS_MAX = 0.15
BACKLOG = 1024


def make_certificate(folder):
    """The flags for one that nobody signed."""
    files = [os.path.join(folder, name) for name in ("cert.pem", "key.pem")]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
                    "-days", "2", "-out", files[0], "-keyout", files[1]], check=True, stderr=subprocess.DEVNULL)
    return ["--tls-cert", files[0], "--tls-key", files[1]]


class Manager:
    """A service manager: holds the socket, hears notifications, starts and ends the server."""

    def __init__(self, folder, over_tls):
        self.folder, self.flags = folder, make_certificate(folder) if over_tls else []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)
        self.port = self.listener.getsockname()[1]
        self.ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.ear.bind(os.path.join(folder, "notify"))
        self.ear.settimeout(READY_SECONDS_MAX)

    def start(self):
        """Returns once the server says that it is ready."""
        # Only the shell knows the number of the process that it becomes.
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", 'export LISTEN_PID=$$ LISTEN_FDS=1; exec 3<&%d; exec "$@"' % self.listener.fileno(), "sh", PROGRAM, "serve", "--data",
             os.path.join(self.folder, "data"), "--log-level", "warning", "--free-mib-min", "0", "--workers", "1",
             *self.flags],
            pass_fds=[self.listener.fileno()], stdout=subprocess.DEVNULL,
            stderr=sys.stderr,
            env=dict(os.environ, NOTIFY_SOCKET=os.path.join(self.folder, "notify")))
        self.wait_for(b"READY=1")

    def end(self):
        """The exit code."""
        self.process.send_signal(signal.SIGTERM)
        self.wait_for(b"STOPPING=1")
        return self.process.wait(READY_SECONDS_MAX)

    def wait_for(self, message):
        while self.ear.recv(4096) != message:
            pass


def main():
    restarts = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 48
    tls = sys.argv[4:5]
    random.seed(seed)
    with tempfile.TemporaryDirectory(prefix="fairvoice-restarts-") as folder:
        clients = os.path.join(folder, "clients")
        subprocess.run(["cc", "-O2", "-pthread", "-D_GNU_SOURCE", "-o", clients, os.path.join(HERE, "clients.c"),
                        "-lssl", "-lcrypto"], check=True)
        manager = Manager(folder, tls)
        manager.start()
        load = subprocess.Popen([clients, str(manager.port), str(count), str(seed), *tls], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        begun, ends, faults = time.monotonic(), [], []
        for number in range(restarts):
            time.sleep(random.uniform(0, SERVES_SECONDS_MAX))
            since = time.monotonic()
            code = manager.end()
            ends.append(time.monotonic() - since)
            if code != 0:
                faults.append("restart %d: exit code %d" % (number, code))
            manager.start()
        # All clients are served to the end.
        result = json.loads(load.communicate()[0])
        manager.end()
        if result["unanswered"] or result["refused"] or result["server_errors"] or result["unsent"]:
            faults.append(json.dumps(result))
        for fault in faults[:20]:
            print("FAULT:", fault)
        ends.sort()
        print("restarts: %d under %d clients%s; %d connections, %d requests written whole, %d answered, %d withdrawn (behind an answer that "
              "said close), %d unanswered, %d unsent, %d connections refused; an end takes %.2f s in the median, %.2f s at most; "
              "%d faults; %.0f s" % (
                  restarts, count, " over TLS" if tls else "", result["connections"], result["written"], result["answered"], result["withdrawn"],
                  result["unanswered"], result["unsent"], result["refused"], ends[len(ends) // 2], ends[-1], len(faults),
                  time.monotonic() - begun))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
