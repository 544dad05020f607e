#!/usr/bin/env python3
"""Writes the seed corpus: one small file for each form that a grammar knows. Run from this folder; the files are committed."""
import pathlib
import struct

ROOT = pathlib.Path(__file__).parent / "Corpus"
CRLF = "\r\n"

HEADS = [
    ["GET / HTTP/1.1", "Host: a"],
    ["POST /a%20b?x=1 HTTP/1.1", "Host: example.org:8080", "Content-Length: 5", "Expect: 100-continue"],
    ["PUT http://u.org:81/?q HTTP/1.1", "Host: a", "Transfer-Encoding: chunked", "Connection: x, close"],
    ["OPTIONS * HTTP/1.1", "Host: [2001:db8::1]:443"],
    ["GET / HTTP/1.0", "Connection: keep-alive", "X:  two words \t"],
    ["", "HEAD /x HTTP/1.1", "hOST:a%41", "X: \u00e9", "Transfer-Encoding: , gzip, chunked ,"],
]
CHUNKED = [
    "4\r\nWiki\r\n0A;a;b=c;d=\"e\\\"f\"\r\n0123456789\r\n000\r\nX: y\r\n\r\nGET",
    "0\r\n\r\n", "1 ; a = b\r\nx\r\n0\r\nA: 1\r\nB: 2\r\n\r\n", "fFf\r\nabc", "7fffffffffffffff\r\n",
]
MULTIPART = [
    "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n",
    "pre\r\n--b  \r\nContent-Disposition: form-data; name=a; filename=\"x\\\"%22.wav\"\r\nContent-Type: audio/wav\r\n\r\n"
    "\r\n--\r\n-\r\n--b\r\nContent-Disposition: form-data; name=\"c\"\r\n\r\n\r\n--b--epilogue",
]
# The first byte chooses the grammar: its number, as in FieldsTarget.
FIELDS = [
    (0, ["bytes=0-1", "bytes=-5", "bytes=3-", "bytes=0-0,5-9"]),
    (1, ["0\"a\"\n2bytes=0-1\n3\"a\"", "1*", "4Sun, 06 Nov 1994 08:49:37 GMT", "0W/\"a\", \"b\""]),
    (2, ["\"a\"", "W/\"\""]),
    (3, ["Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 31 Dec 9999 23:59:60 GMT", "Sat, 01 Jan 0000 00:00:00 GMT"]),
    (4, ["text/html; charset=\"utf-8\";a=b", "multipart/form-data; boundary=x"]),
    (5, ["a=b; c=\"d\"; =; e"]),
    (6, ["sha-256=:AAAA:;a=1;b=\"c\";d=?1;e=:AA==:, md5=::"]),
    (7, ["a=b&c=%20+d&=&e"]),
    (8, ["filename d29ybGQ=,type,is YQ=="]),
    (9, ["a%20b+%C3%A9"]),
    (10, ["AAAA", "AA==", "+/8="]),
]
JSONS = [
    '{"a":[1,-2.5e10,true,false,null],"b":"\\u00e9\\n\\ud83d\\ude00\\"","c":{}}', '"\u00e9"', "-0.0", "1e308", "9223372036854775807",
    "9223372036854775808", " [ ] ", '{"a":1,"a":2}', "0.1e-320", "[" * 33,
]


def wav(tag, channels, bits, data, riff=b"RIFF", rate=8000, extra=b"", before=b"", claim=None):
    order = ">" if riff == b"RIFX" else "<"
    align = channels * ((bits + 7) // 8)
    form = struct.pack(order + "HHIIHH", tag, channels, rate, rate * align, align, bits) + extra
    size = len(data) if claim is None else claim
    body = b"WAVEfmt " + struct.pack(order + "I", len(form)) + form + before + b"data" + struct.pack(order + "I", size) + data
    return riff + struct.pack(order + "I", len(body)) + body


GUID = struct.pack("<HHIH", 22, 16, 4, 1) + bytes.fromhex("000000001000800000aa00389b71")
DS64 = b"ds64" + struct.pack("<IQQQI", 28, 100, 8, 4, 0)
WAVS = [
    wav(1, 1, 16, bytes(range(16))), wav(1, 2, 24, bytes(range(24)), rate=44100), wav(1, 1, 8, bytes(range(9))),
    wav(3, 1, 32, struct.pack("<4f", 0.5, -1, 1e30, float("nan"))), wav(3, 2, 64, struct.pack("<2d", 0.25, 1e300)),
    wav(1, 1, 16, bytes(range(16)), riff=b"RIFX"), wav(1, 1, 16, bytes(range(8)), riff=b"RF64", before=DS64, claim=0xFFFFFFFF),
    wav(0xFFFE, 1, 16, bytes(range(8)), extra=GUID), wav(1, 1, 16, bytes(range(8)), before=b"LIST\x03\0\0\0abc\0", claim=0),
    wav(1, 1, 32, bytes(range(32)), claim=4000), wav(2, 1, 4, bytes(range(8))),
]


def piece(kind, length, period, bits):
    return struct.pack(">BBBI", kind, length, period, bits)


SAMPLES = [
    bytes([3]) + piece(1, 250, 40, 0x80000000) + piece(4, 100, 2, 0x10000000),
    bytes([11]) + piece(5, 250, 60, 0xC0000000) + piece(0, 120, 1, 0) + piece(6, 40, 1, 0x7F800000),
    bytes([6]) + piece(2, 255, 80, 0xFF000000) + piece(8, 255, 90, 1) + piece(3, 200, 3, 0xFFFFFFFF),
    bytes([0]) + piece(7, 255, 77, 0x00000001) + piece(6, 255, 1, 0x00000001),
    bytes([15]) + piece(4, 255, 2, 0xFFFFFFFF) + piece(1, 255, 200, 0x00000100) + piece(6, 200, 1, 0x7F7FFFFF),
]


def write(target, seeds):
    folder = ROOT / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number:02}").write_bytes(seed if isinstance(seed, bytes) else seed.encode())


write("head", [CRLF.join(lines) + CRLF + CRLF for lines in HEADS])
write("chunked", CHUNKED)
write("multipart", MULTIPART)
write("fields", [chr(number) + text for number, texts in FIELDS for text in texts])
write("json", JSONS)
write("wav", WAVS)
write("features", SAMPLES)
write("quality", SAMPLES)
