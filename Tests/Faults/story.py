"""A small marketplace that moves money: people with a voice, a buyer, two admins, and every keyed request of the story."""
import hashlib, itertools, json, math, random, struct

from program import CUT, make_admin

PURPOSE = "emotion-recognition"


def wav(seed, seconds=1.0, rate=16000):
    """A buzzing voice in little-endian PCM; good enough for a grade."""
    chance = random.Random(seed)
    f0, samples, phase = 110 + chance.random() * 120, bytearray(), 0.0
    for n in range(int(seconds * rate)):
        t = n / rate
        phase += f0 * (1 + 0.05 * math.sin(t * 9)) / rate
        loud = 0.3 if (t * 4) % 1 < 0.7 else 0.0005
        value = loud * sum(math.sin(2 * math.pi * phase * k) / k for k in range(1, 24)) + chance.gauss(0, 0.0005)
        samples += struct.pack("<h", int(max(-1, min(1, value)) * 32000))
    head = b"RIFF" + struct.pack("<I", 36 + len(samples)) + b"WAVEfmt "
    return head + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16) + b"data" + struct.pack("<I", len(samples)) + samples


VOICE = bytes(wav(1))
HEAD_LENGTH = 44
# Bytes of the pieces that recordings are made of: 100 ms of 16-bit samples at 16 kHz.
PIECE_LENGTH = 3200
VOICES = [bytes(wav(seed))[HEAD_LENGTH:] for seed in range(1, 17)]


def audio(number):
    """Speech that was not heard before: at each moment the voice that chance has chosen. What only differs in its bytes would be
    a near duplicate."""
    chance = random.Random(number)
    pieces = (chance.choice(VOICES)[start:start + PIECE_LENGTH] for start in range(0, len(VOICES[0]), PIECE_LENGTH))
    return VOICE[:HEAD_LENGTH] + b"".join(pieces)[:-4] + struct.pack("<I", number)


class Request:
    """A keyed POST that is sent until it is answered; whatever happens in between, it has one effect."""

    def __init__(self, kind, key, path, name, body=None, blob=None):
        self.kind, self.key, self.path, self.name, self.body, self.blob = kind, key, path, name, body, blob
        self.answer = None

    def send(self, server):
        fields = {"Idempotency-Key": self.name}
        if self.blob is not None:
            fields["Content-Type"] = "audio/wav"
        elif isinstance(self.body, bytes):
            fields["Content-Type"] = "application/json"
        return server.call("POST", self.path, self.key, self.body if self.blob is None else self.blob, fields)

    @staticmethod
    def is_final(answer):
        """Not "still running", nor "try again": these are no answers yet."""
        running = answer.status == 409 and b"idempotency-key-in-use" in answer.body
        return not running and answer.status not in (429, 500, 503, 507)


class Look(Request):
    """A GET: it has no effect, so that nothing of it can be lost."""

    def __init__(self, key, path):
        super().__init__("look", key, path, None)

    def send(self, server):
        return server.call("GET", self.path, self.key)


class Market:
    """Signs everybody up, and makes the story's requests. `pay` an hour is high, so that seconds are worth a payout."""

    def __init__(self, server, people=4, pay="9000", deposit="100000"):
        self.server, self.count = server, itertools.count(1)
        self.admin = self.expect(server.call("POST", "/v1/admin/claim", None, {"token": server.claim_token}))["key"]["key"]
        self.publish_prices(pay)
        self.people = [self.contributor() for _ in range(people)]
        answer = server.call("POST", "/v1/buyers", None, {"name": "Fault run"}).json
        self.buyer, self.buyer_id = answer["key"]["key"], answer["buyer"]["id"]
        self.second_admin = make_admin(server, "second")
        self.expect(self.deposit(deposit).send(server))

    @staticmethod
    def expect(answer):
        if not answer.is_ok:
            raise RuntimeError("the story's beginning failed: %r" % answer)
        return answer.json

    def publish_prices(self, pay):
        card = self.expect(self.server.call("GET", "/v1/rate-card"))
        card = card["document"]
        card["base_per_hour"] = self.like(card["base_per_hour"], pay)
        card["payout_minimum"] = self.like(card["payout_minimum"], "0.01")
        for term in card["licence_rates_per_hour"][PURPOSE]:
            rates = card["licence_rates_per_hour"][PURPOSE]
            rates[term] = self.like(rates[term], "6000")
        self.expect(self.server.call("POST", "/v1/admin/rate-cards", self.admin, card))

    @staticmethod
    def like(old, amount):
        return dict(old, amount=amount) if isinstance(old, dict) else amount

    def contributor(self):
        key = self.expect(self.server.call("POST", "/v1/contributors", None, {"languages": [{"language": "de"}]}))["key"]["key"]
        self.expect(self.server.call("POST", "/v1/me/consents", key, {"purposes": [PURPOSE]}))
        return key

    # Requests of the story, each under a new name.

    def name(self, kind):
        return "%s-%d" % (kind, next(self.count))

    def deposit(self, amount="10"):
        name = self.name("deposit")
        body = {"buyer": self.buyer_id, "amount": amount, "reference": name}
        return Request("deposit", self.admin, "/v1/admin/deposits", name, body)

    def quote(self, person, accent):
        return Request("quote", person, "/v1/quotes", self.name("quote"), {"language": "de", "accent": accent})

    def recording(self, person, quote):
        name = self.name("recording")
        return Request("recording", person, "/v1/recordings?quote=" + quote, name, blob=audio(int(name.split("-")[1])))

    def dataset(self, accent):
        body = {"name": accent, "query": {"purpose": PURPOSE, "accent": accent}}
        return Request("dataset", self.buyer, "/v1/datasets", self.name("dataset"), body)

    def snapshot(self, dataset):
        return Request("snapshot", self.buyer, "/v1/datasets/%s/snapshots" % dataset, self.name("snapshot"))

    def licence(self, snapshot):
        name = self.name("licence")
        body = {"snapshot": snapshot, "model": name, "purpose": PURPOSE, "term": "1-year"}
        return Request("licence", self.buyer, "/v1/licences", name, body)

    def payout(self, person, amount="0.10"):
        return Request("payout", person, "/v1/me/payouts", self.name("payout"), {"amount": amount})

    def batch(self):
        return Request("batch", self.admin, "/v1/admin/payout-batches", self.name("batch"))

    def approve(self, batch):
        path = "/v1/admin/payout-batches/%s/approval" % batch
        return Request("approval", self.second_admin, path, self.name("approval"))

    def members(self, batch):
        return Look(self.admin, "/v1/admin/payout-batches/%s/payouts?limit=200" % batch)

    def members_now(self, batch):
        return self.expect(self.members(batch).send(self.server))["data"]

    def settle(self, payout):
        return Request("settlement", self.admin, "/v1/admin/payouts/%s/settlement" % payout, self.name("settlement"))

    def give_back(self, payout):
        path, body = "/v1/admin/payouts/%s/return" % payout, {"reason": "AC04"}
        return Request("return", self.admin, path, self.name("return"), body)


def sha256(data):
    return hashlib.sha256(data).hexdigest()
