#!/usr/bin/env python3
"""Kills the server with SIGKILL at random moments of the story and checks that nothing acknowledged was lost.

    scripts/crash-story.py [CYCLES] [SEED]

Each cycle uploads, sells and asks for payouts from several threads, kills the process, starts it again and checks every
acknowledged recording (by the SHA-256 of its audio), that every job ends once, that keyed requests have one effect, and
that `fairvoice ledger verify` finds the books right. Standard library only; loopback only.
"""
import hashlib, http.client, json, math, os, random, re, shutil, signal, struct, subprocess, sys, tempfile, threading, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BINARY = os.environ.get("FAIRVOICE_TEST_BINARY", os.path.join(ROOT, ".build/release/fairvoice"))


def wav(seed, seconds=1.2, rate=16000):
    chance = random.Random(seed)
    f0, samples, phase = 110 + chance.random() * 120, bytearray(), 0.0
    for n in range(int(seconds * rate)):
        t = n / rate
        loud = 0.3 if (t * 4) % 1 < 0.7 else 0.0005
        phase += f0 * (1 + 0.05 * math.sin(t * 9)) / rate
        value = loud * sum(math.sin(2 * math.pi * phase * k) / k for k in range(1, 24)) + chance.gauss(0, 0.0005)
        samples += struct.pack("<h", int(max(-1, min(1, value)) * 32000))
    head = b"RIFF" + struct.pack("<I", 36 + len(samples)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16)
    return head + b"data" + struct.pack("<I", len(samples)) + bytes(samples)


VOICE = wav(1)


class Server:
    def __init__(self, folder):
        self.folder = folder

    def start(self):
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", self.folder, "--port", "0", "--log-level", "error"], stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+)\s*$", self.process.stdout.readline()).group(1))

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def call(self, method, path, key=None, body=None, fields=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = dict(fields or {})
            if key:
                headers["Authorization"] = "Bearer " + key
            if isinstance(body, (dict, list)):
                body, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


def main():
    cycles = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="fairvoice-crash-")
    server = Server(folder)
    server.start()
    admin = subprocess.run([BINARY, "admin", "create", "--data", folder], capture_output=True, text=True, check=True).stdout.strip()
    people = []
    for _ in range(4):
        key = json.loads(server.call("POST", "/v1/contributors", None, {"languages": [{"language": "de"}]})[1])["key"]["key"]
        server.call("POST", "/v1/me/consents", key, {"purposes": ["emotion-recognition"]})
        quote = json.loads(server.call("POST", "/v1/quotes", key, {"language": "de"})[1])["id"]
        people.append((key, quote))
    answer = json.loads(server.call("POST", "/v1/buyers", None, {"name": "Crash test"})[1])
    buyer, buyer_id = answer["key"]["key"], answer["buyer"]["id"]
    acknowledged, deposits, licences, lock = {}, {}, {}, threading.Lock()
    keyed = {}

    def attempt(kind, act):
        try:
            act()
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            pass  # The process was killed under this request: nothing was acknowledged.

    def upload(key, quote, number):
        audio = VOICE[:-4] + struct.pack("<I", number)  # Another last sample makes other bytes.
        status, body = server.call("POST", "/v1/recordings?quote=" + quote, key, audio, {"Content-Type": "audio/wav"})
        if status in (200, 201):
            with lock:
                acknowledged[json.loads(body)["id"]] = (key, hashlib.sha256(audio).hexdigest())

    def deposit(number):
        name, body = "deposit-%d" % number, {"buyer": buyer_id, "amount": "10", "reference": "cycle %d" % number}
        with lock:
            deposits[name] = body
        status, answer = server.call("POST", "/v1/admin/deposits", admin, body, {"Idempotency-Key": name})
        if status == 201:
            with lock:
                keyed[name] = answer

    def license(number):
        status, body = server.call("POST", "/v1/datasets", buyer, {"name": "all", "query": {"purpose": "emotion-recognition"}})
        status, body = server.call("POST", "/v1/datasets/%s/snapshots" % json.loads(body)["id"], buyer)
        if status == 201:
            request = {"snapshot": json.loads(body)["id"], "model": "model %d" % number, "purpose": "emotion-recognition", "term": "1-year"}
            status, body = server.call("POST", "/v1/licences", buyer, request, {"Idempotency-Key": "licence-%d" % number})
            if status == 201:
                with lock:
                    licences[json.loads(body)["id"]] = True

    number = 0
    for cycle in range(cycles):
        threads = []
        for key, quote in people:
            number += 1
            threads.append(threading.Thread(target=attempt, args=("upload", lambda k=key, q=quote, n=number: upload(k, q, n))))
        threads.append(threading.Thread(target=attempt, args=("deposit", lambda n=cycle: deposit(n))))
        threads.append(threading.Thread(target=attempt, args=("licence", lambda n=cycle: license(n))))
        moment = chance.random() * 0.12
        killer = threading.Timer(moment, server.kill)
        killer.start()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        killer.join()
        server.start()
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        open_jobs = [json.loads(server.call("GET", "/v1/admin/jobs?limit=1&state=" + state, admin)[1])["data"] for state in ("waiting", "leased")]
        if not any(open_jobs):
            break
        time.sleep(0.2)
    faults = []
    paid = 0
    for recording, (key, sha256) in acknowledged.items():
        status, body = server.call("GET", "/v1/recordings/" + recording, key)
        receipt = json.loads(body)
        status, audio = server.call("GET", "/v1/recordings/%s/audio" % recording, key)
        if hashlib.sha256(audio).hexdigest() != sha256:
            faults.append("audio of %s differs" % recording)
        if receipt["status"] not in ("accepted", "rejected"):
            faults.append("%s is %s" % (recording, receipt["status"]))
        paid += receipt["pay"] is not None
    for name, body in deposits.items():
        status, answer = server.call("POST", "/v1/admin/deposits", admin, body, {"Idempotency-Key": name})
        if status != 201 or keyed.get(name, answer) != answer:
            faults.append("%s is answered %d, or differently" % (name, status))
    total = json.loads(server.call("GET", "/v1/admin/ledger/trial-balance", admin)[1])["data"]
    bank = next((line["balance"]["amount"] for line in total if line["account"] == "assets:bank"), "0")
    if float(bank) != 10 * len(deposits):
        faults.append("the bank holds %s after %d deposits of 10" % (bank, len(deposits)))
    left = os.listdir(os.path.join(folder, "incoming"))
    if left:
        faults.append("%d files left in incoming" % len(left))
    server.kill()
    verdict = subprocess.run([BINARY, "ledger", "verify", "--data", folder], capture_output=True, text=True)
    if verdict.returncode:
        faults.append(verdict.stdout)
    print("%d kills, %d recordings acknowledged, %d paid, %d deposits, %d licences; %s" % (
        cycles, len(acknowledged), paid, len(deposits), len(licences), verdict.stdout.strip()))
    for fault in faults:
        print("FAULT:", fault)
    shutil.rmtree(folder)
    sys.exit(1 if faults else 0)


main()
