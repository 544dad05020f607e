#!/usr/bin/env python3
"""Checks receipts and heads of a Fairvoice log. Shares no code with the program; needs Python 3 and `cryptography`.

    verify-receipt.py --key VKEY receipt.json                          a receipt, off-line
    verify-receipt.py --key VKEY --head old.note --url http://HOST     that the log goes on from a head that was kept
    verify-receipt.py --key VKEY --head old.note --url http://HOST receipt.json

VKEY is the line that GET /v1/log/head names "vkey": take it once, keep it. One sentence a check; exit code 2 when one fails.
"""
import argparse, base64, hashlib, json, sys, urllib.request
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Wrong(Exception):
    pass


def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def leaf_hash(value): return sha(b"\0", json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
def node(left, right): return sha(b"\1", left, right)


def url64(text): return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def path_of(text):
    octets = url64(text)
    return [octets[i:i + 32] for i in range(0, len(octets), 32)]


def read_note(note, vkey):
    """Size and root of a signed note (C2SP signed-note, tlog-checkpoint)."""
    name, key_hash, key = vkey.strip().split("+", 2)
    public = base64.b64decode(key)
    if public[0] != 1 or sha(name.encode() + b"\n" + public)[:4].hex() != key_hash:
        raise Wrong("The key is no Ed25519 verifier key.")
    text, _, signatures = note.partition("\n\n")
    origin, size, root = (text + "\n").split("\n")[:3]
    for line in signatures.splitlines():
        dash, signer, signature = line.split(" ")
        octets = base64.b64decode(signature)
        if dash == "\u2014" and signer == name == origin and octets[:4].hex() == key_hash:
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(octets[4:], (text + "\n").encode())
            except InvalidSignature:
                raise Wrong("The signature of the head is wrong.")
            return int(size), base64.b64decode(root)
    raise Wrong("The head is not signed by the given key.")


def root_from(hash, index, size, path):
    """Where a path leads from a leaf (RFC 9162 section 2.1.3.2)."""
    last = size - 1
    if not 0 <= index < size: raise Wrong("The place is outside of the tree.")
    for sibling in path:
        if last == 0: raise Wrong("The path is too long.")
        if index & 1 or index == last:
            hash = node(sibling, hash)
            while not index & 1 and index: index, last = index >> 1, last >> 1
        else:
            hash = node(hash, sibling)
        index, last = index >> 1, last >> 1
    if last: raise Wrong("The path is too short.")
    return hash


def check_consistency(first, old_root, second, new_root, path):
    """RFC 9162 section 2.1.4.2."""
    if first == second:
        if old_root != new_root: raise Wrong(f"The log was rewritten: two heads of {first} entries differ.")
        return
    if first & (first - 1) == 0: path = [old_root] + path
    if not path: raise Wrong("The proof is empty.")
    index, last, old, new = first - 1, second - 1, path[0], path[0]
    while index & 1: index, last = index >> 1, last >> 1
    for sibling in path[1:]:
        if last == 0: raise Wrong("The proof is too long.")
        if index & 1 or index == last:
            old, new = node(sibling, old), node(sibling, new)
            while not index & 1 and index: index, last = index >> 1, last >> 1
        else:
            new = node(new, sibling)
        index, last = index >> 1, last >> 1
    if last or old != old_root or new != new_root:
        raise Wrong(f"The log was rewritten: its {second} entries do not begin with the {first} that you know.")


def check_receipt(receipt, vkey):
    size, root = read_note(receipt["checkpoint"], vkey)
    print(f"The head of {size} entries is signed by the given key.")
    leaf = receipt["leaf"]
    if root_from(leaf_hash(leaf), receipt["index"], size, path_of(receipt["path"])) != root:
        raise Wrong("The transaction is not in the log.")
    print(f"Transaction {leaf['id']} ({leaf['kind']}, {leaf['at']}) is entry {receipt['index']} of the log.")
    if leaf["type"] != "transaction" or not receipt["parts"]: raise Wrong("The receipt shows no account.")
    for shown in receipt["parts"]:
        found = root_from(leaf_hash(shown["part"]), shown["index"], leaf["parts"], path_of(shown["path"]))
        if found != url64(leaf["root"]): raise Wrong("An account that is shown is not of this transaction.")
        amounts = ", ".join(shown["part"]["amounts"])
        print(f"It moved {amounts} {leaf['currency']} on {shown['part']['account']} (a credit is negative).")
    return size, root


def fetch(url): return urllib.request.urlopen(url, timeout=30).read().decode()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("receipt", nargs="?", help="file, or - for standard input")
    options.add_argument("--key", required=True, help="the log's verifier key")
    options.add_argument("--head", help="a signed head that was kept: a file")
    options.add_argument("--url", help="the server, for newer heads and proofs")
    options.add_argument("--save", help="where to keep the newest head once all is well")
    given = options.parse_args()
    try:
        heads = []
        if given.receipt:
            file = sys.stdin if given.receipt == "-" else open(given.receipt, encoding="utf-8")
            heads.append(check_receipt(json.load(file), given.key))
        if given.head:
            heads.append(read_note(open(given.head, encoding="utf-8").read(), given.key))
            print(f"The kept head of {heads[-1][0]} entries is signed by the given key.")
        if given.url:
            note = fetch(f"{given.url}/v1/log/head?format=note")
            heads.append(read_note(note, given.key))
            print(f"The server's head of {heads[-1][0]} entries is signed by the given key.")
        heads.sort(key=lambda head: head[0])
        for (first, old_root), (second, new_root) in zip(heads, heads[1:]):
            path = []
            if first and first != second:
                if not given.url: raise Wrong("Heads of two sizes need --url, for the proof between them.")
                proof = json.loads(fetch(f"{given.url}/v1/log/proof?first={first}&second={second}"))
                path = [base64.b64decode(hash) for hash in proof["path"]]
            if first: check_consistency(first, old_root, second, new_root, path)
            print(f"The log of {second} entries begins with the {first} known before: nothing was rewritten.")
        if given.save and given.url: open(given.save, "w", encoding="utf-8").write(note)
    except Wrong as wrong:
        print(wrong)
        sys.exit(2)
    except (ValueError, KeyError, IndexError, TypeError, OSError) as error:
        print(f"This can't be checked: {error!r}")
        sys.exit(2)


main()
