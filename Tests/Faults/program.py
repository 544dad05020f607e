"""The program under test: starts and kills `fairvoice serve`, speaks HTTP with it, and asks `ledger verify`."""
import atexit, http.client, json, os, re, signal, subprocess, threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.environ.get("FAIRVOICE_TEST_BINARY", os.path.join(ROOT, ".build/release/fairvoice"))
# What a request meets whose server was killed under it: nothing was acknowledged.
CUT = (OSError, http.client.HTTPException)


class Answer:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def is_ok(self):
        return 200 <= self.status < 300

    @property
    def lasting(self):
        """What a repetition must answer too: everything but what names this exchange."""
        apart = {"date", "x-request-id", "idempotency-replayed", "connection", "keep-alive"}
        return self.status, tuple(sorted((k.lower(), v) for k, v in self.fields if k.lower() not in apart)), self.body

    def __repr__(self):
        return "%d %s" % (self.status, self.body[:200])


class Server:
    def __init__(self, folder, environment=None, wrapper=(), flags=()):
        self.folder, self.wrapper, self.flags = folder, list(wrapper), list(flags)
        self.environment = dict(os.environ, **(environment or {}))
        self.process, self.port, self.local, self.generation = None, None, threading.local(), 0
        atexit.register(self.end)

    def start(self, workers=2):
        self.process = subprocess.Popen(
            self.wrapper + [BINARY, "serve", "--data", self.folder, "--port", "0", "--log-level", "critical",
                            "--free-mib-min", "0", "--workers", str(workers)] + self.flags,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment)
        line = self.process.stdout.readline()
        found = re.search(r":(\d+)\s*$", line)
        if not found:
            raise RuntimeError("the server did not start: %s" % self.process.communicate()[1][:400])
        self.port, self.generation = int(found.group(1)), self.generation + 1
        if self.generation == 1:
            self.claim_token = self.process.stdout.readline().rsplit("#", 1)[-1].strip()
        return self

    def end(self):
        if self.is_alive:
            self.process.kill()

    def kill(self, with_signal=signal.SIGKILL):
        self.process.send_signal(with_signal)
        return self.wait()

    def wait(self, timeout=60):
        code = self.process.wait(timeout)
        self.process.stdout.close()
        self.process.stderr.close()
        return code

    @property
    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def call(self, method, path, key=None, body=None, fields=None, timeout=30):
        """One exchange over this thread's kept connection."""
        connection = self._connection(timeout)
        headers = dict(fields or {})
        if key:
            headers["Authorization"] = "Bearer " + key
        if isinstance(body, (dict, list)):
            body, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        except BaseException:
            self.local.connection = None
            connection.close()
            raise

    def _connection(self, timeout):
        kept = getattr(self.local, "connection", None)
        if kept and self.local.generation == self.generation:
            return kept
        self.local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        self.local.generation = self.generation
        return self.local.connection


def run(*arguments, environment=None, timeout=600):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=timeout,
                          env=dict(os.environ, **(environment or {})))


def make_admin(server, name):
    return subprocess.run([BINARY, "admin", "create", "--data", server.folder, "--name", name], capture_output=True,
                          text=True, check=True, env=server.environment).stdout.strip()


def verify(folder):
    """Nil, or what `ledger verify` finds."""
    done = run("ledger", "verify", "--data", folder)
    return None if done.returncode == 0 else "ledger verify (%d): %s" % (done.returncode, (done.stdout + done.stderr)[:800])


def finish(title, summary, faults, seconds):
    """Prints the one line that counts, and at most twenty faults; the exit code."""
    for fault in faults[:20]:
        print("FAULT:", fault)
    print("%s: %s; %d faults; %.1f s" % (title, summary, len(faults), seconds))
    return 1 if faults else 0
