#!/usr/bin/env python3
"""Uploads by tuspy (from PyPI, unmodified) while the server is killed, again and again: each must become its recording.

    tus.py [UPLOADS] [SEED]

Some uploads carry checksums, some are one chunk, some many, some have no metadata: their quote is in the URL of the creation, or
the only open one. After each failure the client asks how far the upload is and goes
on from there, as it would after a cut connection. Prints one line that counts; exit code 1 when bytes were lost or changed."""
import hashlib, os, random, sys, tempfile, threading, time

from program import Server, finish, verify
from story import VOICE, Market

try:
    from tusclient import client, exceptions
    from requests.exceptions import RequestException
except ImportError:
    sys.exit("tus: tuspy is not installed; pip install tuspy")

CHUNKS = (400_000, 3_000_000, float("inf"))


def upload(market, server, path, quote, naming, chunk, with_checksum, failures):
    """Until it is complete; answers where. The quote is named in the metadata, in the URL, or not at all."""
    url, deadline = None, time.monotonic() + 120
    while time.monotonic() < deadline:
        base = "http://127.0.0.1:%d" % server.port
        try:
            place = base + "/v1/uploads" + ("?quote=" + quote if naming == "url" else "")
            tus = client.TusClient(place, headers={"Authorization": "Bearer " + market.people[0]})
            sender = tus.uploader(
                path, url=url and base + url, chunk_size=chunk, upload_checksum=with_checksum,
                metadata={"quote": quote, "filename": os.path.basename(path), "filetype": "audio/wav"} if naming == "metadata" else {})
            # Its own methods, so that the place is known before the first byte is sent.
            if url is None:
                url = sender.create_url()[len(base):]
                continue
            sender.upload()
            return url
        except (exceptions.TusCommunicationError, exceptions.TusUploadFailed, RequestException, OSError):
            failures.append(path)
            time.sleep(0.01)
    return None


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started, chance, faults, failures, kills = time.monotonic(), random.Random(seed), [], [], 0
    with tempfile.TemporaryDirectory(prefix="fairvoice-tus-") as place:
        server = Server(os.path.join(place, "data"), flags=["--drain-seconds", "0"]).start()
        market = Market(server, people=1)
        person = market.people[0]
        is_over = threading.Event()

        def kill():
            nonlocal kills
            mine = random.Random(seed + 1)
            while not is_over.wait(0.1 + mine.random() * 0.3):
                server.kill()
                server.start()
                kills += 1

        work = []
        for number in range(count):
            path = os.path.join(place, "%d.wav" % number)
            with open(path, "wb") as file:
                file.write(VOICE + chance.randbytes(chance.randint(1, 8 << 20)))
            quote = market.expect(server.call("POST", "/v1/quotes", person, {"language": "de"}))["id"]
            # Only the last one can do without: its quote is the only one left that is unused.
            naming = "nothing" if number == count - 1 else ("metadata", "url")[number % 2]
            work.append((path, quote, naming, CHUNKS[number % 3], chance.random() < 0.4))
        killer = threading.Thread(target=kill)
        killer.start()
        known = set()
        for path, quote, naming, chunk, with_checksum in work:
            url = upload(market, server, path, quote, naming, chunk, with_checksum, failures)
            if url is None:
                faults.append("%s was never complete" % path)
            else:
                known.add(url.rsplit("/", 1)[1])
        is_over.set()
        killer.join()
        kept, cursor = set(), ""
        while cursor is not None:
            page = market.expect(server.call("GET", "/v1/recordings?limit=200" + cursor, person))
            kept |= {recording["sha256"] for recording in page["data"]}
            cursor = page["next_cursor"] and "&cursor=" + page["next_cursor"]
        for path, *_ in work:
            with open(path, "rb") as file:
                if hashlib.sha256(file.read()).hexdigest() not in kept:
                    faults.append("%s is no recording" % path)
        # One whose beginning was cut off before its answer is nobody's, and expires by itself.
        left = known & set(os.listdir(os.path.join(server.folder, "uploads")))
        faults += ["%s is left in uploads/" % name for name in left]
        server.kill()
        verdict = verify(server.folder)
        faults += [verdict] if verdict else []
    summary = "%d uploads, seed %d, %d kills, %d attempts were cut off and resumed" % (count, seed, kills, len(failures))
    return finish("tus", summary, faults, time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
