#!/usr/bin/env python3
"""The server behind nginx, Caddy and HAProxy as Debian has them, over TLS and plain: uploads, tus, event streams, ranges, and whether
the client's address is told right.

    scripts/proxies.py [nginx] [caddy] [haproxy]

Proxies come from 127.0.0.1, which is believed; clients from other loopback addresses, which are not. What is not installed is skipped.
Prints a line a proxy; exit code 1 where a check failed."""
import base64, hashlib, http.client, json, os, re, shutil, signal, socket, ssl, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "Tests/Faults"))
from program import BINARY  # noqa: E402
from story import PURPOSE, VOICE  # noqa: E402

PROXY, CLIENT, OTHER, STRANGER = "127.0.0.1", "127.0.0.5", "127.0.0.6", "127.0.0.7"
FORGED = "198.51.100.66"
FAILURES = 5
MIB = 1 << 20

NGINX = """
daemon off; pid nginx.pid; error_log error.log; worker_processes 1;
events { worker_connections 256; }
http {
  access_log off; client_max_body_size 0;
  client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
  server {
    listen 127.0.0.1:PLAIN; listen 127.0.0.1:SECURE ssl;
    ssl_certificate both.pem; ssl_certificate_key both.pem;
    location / {
      proxy_pass http://127.0.0.1:SERVER; proxy_http_version 1.1;
      proxy_set_header Host $http_host; proxy_set_header Connection "";
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_request_buffering off; proxy_buffering off;
    }
  }
}
"""

CADDY = """
{
  admin off
  auto_https off
  storage file_system ./caddy
}
http://127.0.0.1:PLAIN, http://localhost:PLAIN {
  bind 127.0.0.1
  reverse_proxy 127.0.0.1:SERVER {
    flush_interval -1
  }
}
https://127.0.0.1:SECURE, https://localhost:SECURE {
  bind 127.0.0.1
  tls both.pem both.pem
  reverse_proxy 127.0.0.1:SERVER {
    flush_interval -1
  }
}
"""

HAPROXY = """
global
  maxconn 256
defaults
  mode http
  timeout connect 5s
  timeout client 75s
  timeout server 75s
frontend in
  bind 127.0.0.1:PLAIN
  bind 127.0.0.1:SECURE ssl crt both.pem
  option forwardfor
  http-request set-header X-Forwarded-Proto http unless { ssl_fc }
  http-request set-header X-Forwarded-Proto https if { ssl_fc }
  http-request set-header X-Forwarded-Host %[req.hdr(Host)]
  default_backend out
backend out
  server fairvoice 127.0.0.1:SERVER
"""

PROXIES = {
    "nginx": (NGINX, ["nginx", "-p", ".", "-c", "FILE"]),
    "caddy": (CADDY, ["caddy", "run", "--adapter", "caddyfile", "--config", "FILE"]),
    "haproxy": (HAPROXY, ["haproxy", "-db", "-f", "FILE"]),
}


class Reply:
    def __init__(self, response):
        self.status, self.fields, self.body = response.status, response.headers, response.read()

    @property
    def json(self):
        return json.loads(self.body)


class Way:
    """A way to the server: one address to connect to, and the address that the client has."""

    def __init__(self, port, source, over_tls=False):
        self.port, self.source, self.over_tls = port, source, over_tls

    def open(self):
        if self.over_tls:
            # The certificate is made for this run and signed by nobody.
            context = ssl._create_unverified_context()
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, source_address=(self.source, 0), context=context)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(self.source, 0))

    def call(self, method, path, key=None, body=None, fields=None, is_chunked=False):
        connection, fields = self.open(), dict(fields or {})
        if key:
            fields["Authorization"] = "Bearer " + key
        if isinstance(body, dict):
            body, fields["Content-Type"] = json.dumps(body).encode(), "application/json"
        if is_chunked:
            fields["Transfer-Encoding"] = "chunked"
            whole = body
            body = (whole[at:at + 50_000] for at in range(0, len(whole), 50_000))
        connection.request(method, path, body, fields, encode_chunked=is_chunked)
        reply = Reply(connection.getresponse())
        connection.close()
        return reply


class Server:
    """The program with its access log in a file."""

    def __init__(self, folder):
        self.log = os.path.join(folder, "access.log")
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", os.path.join(folder, "data"), "--port", "0", "--log-level", "info", "--workers", "2",
             "--free-mib-min", "0", "--trusted-proxies", PROXY, "--unlimited", "none", "--failure-rate", "1",
             "--failure-burst", str(FAILURES)],
            stdout=subprocess.PIPE, stderr=open(self.log, "w"), text=True)
        self.port = int(re.search(r":(\d+)\s*$", self.process.stdout.readline()).group(1))

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def peer(self, identity):
        """Whom the access log says this request was from; lines may be held back for a quarter of a second."""
        for _ in range(200):
            with open(self.log) as file:
                found = re.search(r"request_id=%s peer=(\S+)" % re.escape(identity), file.read())
            if found:
                return found.group(1)
            time.sleep(0.05)
        return None


class Run:
    """The checks of one proxy."""

    def __init__(self, server, name, plain, secure):
        self.server, self.name, self.faults, self.count = server, name, [], 0
        self.plain, self.secure = Way(plain, CLIENT), Way(secure, CLIENT, over_tls=True)
        self.key = self.expect("signing up", self.plain.call("POST", "/v1/contributors", None, {"languages": [{"language": "de"}]}), 201)
        self.key = self.key.json["key"]["key"]
        self.expect("consent", self.plain.call("POST", "/v1/me/consents", self.key, {"purposes": [PURPOSE]}), 201)

    def check(self, what, is_right, detail=""):
        self.count += 1
        if not is_right:
            self.faults.append("%s: %s %s" % (self.name, what, detail))

    def expect(self, what, reply, status):
        self.check(what, reply.status == status, "answered %d %s" % (reply.status, reply.body[:200]))
        return reply

    def all(self):
        for way in (self.plain, self.secure):
            self.uploads(way)
            self.tus(way)
        self.security()
        self.addresses()
        self.limits()
        return self.faults

    def audio(self):
        return VOICE + os.urandom(3 * MIB)

    def quote(self, way):
        return self.expect("a quote", way.call("POST", "/v1/quotes", self.key, {"language": "de"}), 201).json["id"]

    def uploads(self, way):
        for is_chunked in (False, True):
            audio = self.audio()
            path = "/v1/recordings?quote=" + self.quote(way)
            reply = self.expect("an upload", way.call("POST", path, self.key, audio, {"Content-Type": "audio/wav"}, is_chunked), 201)
            self.check("the bytes", reply.json["sha256"] == hashlib.sha256(audio).hexdigest())
            recording = "/v1/recordings/" + reply.json["id"]
            # The stream ends once the recording is decided.
            events = way.call("GET", recording + "/events", self.key, fields={"Accept": "text/event-stream"})
            self.check("events", events.status == 200 and b"\nid: " in b"\n" + events.body, events.body[:200])
            part = way.call("GET", recording + "/audio", self.key, fields={"Range": "bytes=1000000-1999999"})
            self.check("a range", part.status == 206 and part.body == audio[1_000_000:2_000_000], part.status)

    def tus(self, way):
        audio, version = self.audio(), {"Tus-Resumable": "1.0.0"}
        metadata = "quote " + base64.b64encode(self.quote(way).encode()).decode()
        begun = self.expect("tus creation", way.call(
            "POST", "/v1/uploads", self.key, fields=dict(version, **{"Upload-Length": str(len(audio)), "Upload-Metadata": metadata})), 201)
        place = begun.fields["Location"]
        patch = dict(version, **{"Content-Type": "application/offset+octet-stream"})
        self.expect("the first bytes", way.call("PATCH", place, self.key, audio[:MIB], dict(patch, **{"Upload-Offset": "0"})), 204)
        self.cut(way, place, audio[MIB:], patch)
        self.check("what a cut connection left", MIB <= self.offset(way, place, version) < len(audio))
        for size in (500_000, len(audio)):
            reply = self.go_on(way, place, audio, size, patch)
            self.check("more bytes", reply.status in (200, 201, 204), "%d %s" % (reply.status, reply.body[:200]))
        digests = {one["sha256"] for one in way.call("GET", "/v1/recordings?limit=200", self.key).json["data"]}
        self.check("the resumed upload is a recording", hashlib.sha256(audio).hexdigest() in digests)

    def offset(self, way, place, version):
        return int(self.expect("the offset", way.call("HEAD", place, self.key, fields=version), 200).fields["Upload-Offset"])

    def go_on(self, way, place, audio, size, patch):
        """Some more bytes; 423 until the server has noticed that the connection before is gone, as a tus client expects."""
        for _ in range(200):
            offset = self.offset(way, place, patch)
            rest = audio[offset:offset + size]
            reply = way.call("PATCH", place, self.key, rest, dict(patch, **{"Upload-Offset": str(offset)}))
            if reply.status not in (409, 423):
                break
            time.sleep(0.05)
        return reply

    def cut(self, way, place, rest, fields):
        """A third of what is announced, then the end."""
        connection = way.open()
        connection.putrequest("PATCH", place)
        for name, value in dict(fields, **{"Upload-Offset": str(MIB), "Content-Length": str(len(rest)),
                                           "Authorization": "Bearer " + self.key}).items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(rest[:len(rest) // 3])
        connection.sock.shutdown(socket.SHUT_RDWR)
        connection.close()

    def security(self):
        """Who comes over TLS has a cookie for TLS alone and is told to stay; the pages' check of the origin passes."""
        for way, is_secure in ((self.plain, False), (self.secure, True)):
            reply = self.expect("signing in", way.call("POST", "/v1/sessions", None, {"key": self.key}), 201)
            cookie = reply.fields["Set-Cookie"] or ""
            self.check("a cookie for TLS", ("__Host-" in cookie and "; Secure" in cookie) == is_secure, cookie)
            self.check("HSTS", (reply.fields["Strict-Transport-Security"] is not None) == is_secure)
            origin = "%s://127.0.0.1:%d" % ("https" if is_secure else "http", way.port)
            page = {"Cookie": cookie.split(";")[0], "Origin": origin, "X-CSRF-Token": reply.json["csrf_token"]}
            self.expect("a page's request", way.call("DELETE", "/v1/sessions/current", fields=page), 204)

    def addresses(self):
        forged = {"X-Forwarded-For": FORGED, "X-Real-IP": FORGED}
        for what, way, fields, expected in (
            ("the client", self.plain, {}, CLIENT), ("the client over TLS", self.secure, {}, CLIENT),
            ("a forged list", self.plain, forged, CLIENT), ("a forged list over TLS", self.secure, forged, CLIENT),
            ("a forged list of a proxy", self.plain, {"X-Forwarded-For": "%s, %s" % (FORGED, PROXY)}, CLIENT),
            ("another client", Way(self.plain.port, OTHER), {}, OTHER),
            ("a stranger without proxy", Way(self.server.port, STRANGER), forged, STRANGER),
            ("a stranger's Forwarded", Way(self.server.port, STRANGER), {"Forwarded": "for=" + FORGED}, STRANGER),
        ):
            reply = self.expect(what, way.call("GET", "/v1/rate-card", fields=fields), 200)
            peer = self.server.peer(reply.fields["X-Request-Id"])
            self.check(what, peer == expected, "is logged as %s" % peer)
        # These proxies pass on a Forwarded that they don't write: it must not be believed.
        reply = self.plain.call("GET", "/v1/rate-card", fields={"Forwarded": "for=" + FORGED})
        self.check("a forged Forwarded through the proxy", reply.status in (200, 400), reply.status)
        with open(self.server.log) as file:
            self.check("nobody is logged as forged", FORGED not in file.read())

    def limits(self):
        """Guesses through a proxy count for the client, not for the proxy."""
        wrong = "fv_pD1LQ7yMyqI3w9UmixijoCNNOxQ3TI42jS8p"
        # Each proxy has clients of its own: the buckets outlast it.
        number = 10 + 10 * list(PROXIES).index(self.name)
        guesser, neighbour = (Way(self.plain.port, "127.0.1.%d" % (number + n)) for n in (1, 2))
        statuses = [guesser.call("GET", "/v1/me", wrong, fields={"X-Forwarded-For": "192.0.2.%d" % n}).status for n in range(FAILURES + 3)]
        self.check("guesses", statuses == [401] * FAILURES + [429] * 3, statuses)
        self.expect("a neighbour's guess", neighbour.call("GET", "/v1/me", wrong), 401)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port, process):
    for _ in range(200):
        if process.poll() is not None:
            return False
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def run(name, server, folder):
    configuration, command = PROXIES[name]
    plain, secure = free_port(), free_port()
    for placeholder, value in (("PLAIN", plain), ("SECURE", secure), ("SERVER", server.port)):
        configuration = configuration.replace(placeholder, str(value))
    file = os.path.join(folder, name + ".conf")
    with open(file, "w") as output:
        output.write(configuration)
    log = os.path.join(folder, name + ".log")
    process = subprocess.Popen([file if word == "FILE" else word for word in command], cwd=folder, stdout=open(log, "w"),
                               stderr=subprocess.STDOUT, env=dict(os.environ, HOME=folder))
    try:
        if not wait_for(plain, process) or not wait_for(secure, process):
            with open(log) as output:
                return ["%s did not start: %s" % (name, output.read()[-800:])], 0
        checks = Run(server, name, plain, secure)
        return checks.all(), checks.count
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def main():
    is_over = False
    with tempfile.TemporaryDirectory(prefix="fairvoice-proxies-") as folder:
        # nginx's worker is another user where root starts it.
        os.chmod(folder, 0o755)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-days", "2", "-keyout", "key.pem", "-out", "cert.pem"],
            cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(os.path.join(folder, "both.pem"), "w") as both:
            for part in ("cert.pem", "key.pem"):
                with open(os.path.join(folder, part)) as file:
                    both.write(file.read())
        server = Server(folder)
        try:
            for name in sys.argv[1:] or PROXIES:
                if not shutil.which(name):
                    print("proxies: %s is not installed: skipped" % name)
                    continue
                faults, count = run(name, server, folder)
                for fault in faults[:20]:
                    print("FAULT:", fault)
                print("proxies: %s: %d checks, %d faults" % (name, count, len(faults)), flush=True)
                is_over |= bool(faults) or count == 0
        finally:
            server.end()
    return 1 if is_over else 0


if __name__ == "__main__":
    sys.exit(main())
