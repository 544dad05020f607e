#!/usr/bin/env python3
"""Recompute a contributor's whole statement from their own export (GET /v1/me/export).

    recompute-statement.py EXPORT.json

Prints every difference. Exit code 0: every amount is what the public rules make it. 1: something differs. 2: no such file,
or not an export. Needs nothing but Python, and shares no code with the program. The rules are in docs/money.md.
"""
import base64
import hashlib
import json
import sys

differences = []


def differ(what, computed, stated):
    if computed != stated:
        differences.append(f"{what}: computed {show(computed)}, stated {show(stated)}")


def show(value):
    return f"{value} micros" if isinstance(value, int) and not isinstance(value, bool) else repr(value)


def micros(decimal):
    """Millionths of a decimal text with up to six digits after the point."""
    sign = -1 if decimal.startswith("-") else 1
    whole, _, fraction = decimal.lstrip("-").partition(".")
    return sign * (int(whole) * 1_000_000 + int(fraction.ljust(6, "0") or 0))


def thousandths(decimal):
    return micros(decimal) // 1000


def half_to_even(numerator, denominator):
    quotient, remainder = divmod(numerator, denominator)
    if 2 * remainder > denominator or (2 * remainder == denominator and quotient % 2):
        quotient += 1
    return quotient


def amount(value):
    """An amount of a signed quote, which names its currency."""
    return micros(value["amount"] if isinstance(value, dict) else value)


def canonical(document):
    """RFC 8785, for the numbers and texts that rate cards hold."""
    if isinstance(document, dict):
        members = sorted(document.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(json.dumps(key, ensure_ascii=False) + ":" + canonical(value) for key, value in members) + "}"
    if isinstance(document, list):
        return "[" + ",".join(map(canonical, document)) + "]"
    if isinstance(document, float) and document.is_integer():
        return str(int(document))
    return json.dumps(document, ensure_ascii=False)


def signed_payload(jws):
    part = jws.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def check_cards(export):
    """Each card hashes to what the signed quotes name."""
    cards = {}
    for card in export["rate_cards"]:
        digest = hashlib.sha256(canonical(card["document"]).encode()).hexdigest()
        differ(f"hash of rate card {card['number']}", digest, card["sha256"])
        cards[card["number"]] = card
    return cards


def check_quotes(export, cards):
    """What the export says of a quote is what was signed, and its lines multiply up to its price."""
    quotes = {}
    for quote in export["quotes"]:
        name = f"quote {quote['id']}"
        signed = signed_payload(quote["jws"])
        differ(f"{name}: id", signed["quote"], quote["id"])
        differ(f"{name}: contributor", signed["contributor"], export["contributor"]["id"])
        bounty = micros(quote["bounty_per_hour"] or "0")
        differ(f"{name}: hourly price", amount(signed["per_finished_hour"]), micros(quote["hourly"]) + bounty)
        differ(f"{name}: rate card", signed["rate_card"]["sha256"], cards[quote["rate_card"]]["sha256"])
        running = before_tier = None
        for line in signed["lines"]:
            if running is not None and "factor" not in line:
                continue  # a bounty, added by a buyer apart from the hourly price, or the worked hour
            stated = amount(line["per_finished_hour"])
            if running is None:
                running = micros(cards[quote["rate_card"]]["document"]["base_per_hour"])
            else:
                if line["code"] == "tier":
                    before_tier = running
                running = half_to_even(running * thousandths(line["factor"]), 1000)
            differ(f"{name}: line {line['code']}", running, stated)
        differ(f"{name}: price before tier", before_tier, micros(quote["hourly_before_tier"]))
        quotes[quote["id"]] = dict(quote, signed=signed)
    return quotes


def check_recording(recording, quotes, cards, used):
    """The pay of one recording by line; answers the total. Notes the milliseconds that it used of its quote."""
    name = f"recording {recording['id']}"
    if recording["transaction"] is None:
        differ(f"{name}: pay without a transaction", None, recording["pay"])
        return 0
    quote = quotes[recording["quote"]]
    card = cards[quote["rate_card"]]["document"]
    grade = thousandths(card["grades"][recording["grade"]])
    tier = thousandths(card["tiers"][quote["tier"]])
    samples, rate = recording["samples"], recording["sample_rate_hz"]

    def pay(hourly, factor, count=samples):
        return half_to_even(micros(hourly) * factor * count, rate * 3600 * 1000)

    least = min(grade, 1000)
    base = pay(quote["hourly_before_tier"], least)
    with_tier = pay(quote["hourly"], least)
    total = pay(quote["hourly"], grade)
    stated = recording["pay"]
    differ(f"{name}: base", base, micros(stated["base"]))
    differ(f"{name}: tier premium", with_tier - base, micros(stated["tier_premium"]))
    differ(f"{name}: quality premium", total - with_tier, micros(stated["quality_premium"]))
    # A bounty covers the recordings of its quote in the order in which they were decided, until its seconds are used.
    bounty = 0
    if quote["bounty"]:
        left = max(0, quote["bounty_seconds"] * 1000 - used.get(quote["id"], 0))
        bounty = pay(quote["bounty_per_hour"], least, min(samples, left * rate // 1000))
    differ(f"{name}: bounty", bounty, micros(stated["bounty"]))
    differ(f"{name}: total", total + bounty, micros(stated["total"]))
    milliseconds = half_to_even(samples * 1000, rate)
    differ(f"{name}: milliseconds", milliseconds, recording["milliseconds"])
    used[quote["id"]] = used.get(quote["id"], 0) + milliseconds
    differ(f"{name}: weight", milliseconds * grade * tier, int(recording["weight"]))
    return total + bounty


def largest_remainder(total, parts, licence):
    """Shares of [(name, weight)] that add up to the total; ties by SHA-256 of "licence:name"."""
    weight = sum(part[1] for part in parts)
    shares = [total * part[1] // weight for part in parts]
    order = sorted(
        range(len(parts)),
        key=lambda i: (-(total * parts[i][1] % weight), hashlib.sha256(f"{licence}:{parts[i][0]}".encode()).hexdigest()))
    for index in order[: total - sum(shares)]:
        shares[index] += 1
    return shares


def check_fee(licence, cards):
    """Fee and division by the card; answers the royalties and the reviewers' part."""
    name = f"licence {licence['id']}"
    card = cards[licence["rate_card"]]["document"]
    rate = micros(card["licence_rates_per_hour"][licence["purpose"]][licence["term"]])
    fee = half_to_even(rate * licence["milliseconds"], 3_600_000)
    differ(f"{name}: fee", fee, micros(licence["fee"]))
    policy = {key: thousandths(value) for key, value in card["royalty_policy"].items()}
    stated = licence["division"]
    parts = [("royalties", policy["royalties"]), ("reviewers", policy["reviewers"])]
    if micros(stated["reviewers"]) == 0:
        # Where nobody reviewed, the reviewers' part is added to the royalties.
        parts = [("royalties", policy["royalties"] + policy["reviewers"])]
    parts += [("acquisition-fund", policy["acquisition_fund"]), ("operations", policy["operations"])]
    shares = dict(zip([part[0] for part in parts], largest_remainder(fee, parts, licence["id"])))
    for part, share in shares.items():
        differ(f"{name}: {part}", share, micros(stated[part.replace("-", "_")]))
    return shares["royalties"], shares.get("reviewers", 0)


def check_weights(licence, royalties):
    """Where every weight is listed, under hashes that name nobody, the rounding's limits follow from them."""
    name = f"licence {licence['id']}"
    weights = [(digest, int(weight)) for digest, weight in licence["weights"]]
    total = sum(weight for _, weight in weights)
    differ(f"{name}: recordings in the snapshot", len(weights), licence["recordings_in_snapshot"])
    differ(f"{name}: total weight", str(total), licence["total_weight"])
    left = royalties - sum(royalties * weight // total for _, weight in weights)
    order = sorted((-(royalties * weight % total), digest) for digest, weight in weights)
    last = order[left - 1] if left else None
    differ(f"{name}: last remainder", str(-last[0]) if last else None, licence["last_remainder"])
    differ(f"{name}: last digest", last[1] if last else None, licence["last_digest"])
    return dict(weights)


def share_of(total, weight, weights, digest, limits):
    """One share by the largest remainder, from the smallest remainder that got a micro more, and of those the largest hash."""
    computed, remainder = divmod(total * weight, weights)
    if limits["last_remainder"] is not None:
        last = int(limits["last_remainder"])
        if remainder > last or (remainder == last and digest <= limits["last_digest"]):
            computed += 1
    return computed


def check_reviewers_share(licence, part, reviewer):
    """The share for reviews of the snapshot's recordings; 0 where there is none."""
    share = licence["reviewers_share"]
    if share is None:
        return 0
    digest = hashlib.sha256(f"{licence['id']}:{reviewer}".encode()).hexdigest()
    computed = share_of(part, int(share["reviews"]), int(share["reviews_in_snapshot"]), digest, share)
    differ(f"licence {licence['id']}: share for {share['reviews']} reviews", computed, micros(share["amount"]))
    return computed


def check_review(review, cards):
    """The pay of one review: a least sum and so much a second."""
    rules = cards[review["rate_card"]]["document"]["reviews"]
    pay = micros(rules["pay_min"]) + half_to_even(micros(rules["pay_per_second"]) * review["milliseconds"], 1000)
    differ(f"review {review['id']}: pay", pay, micros(review["pay"]))
    return pay


def check_licence(licence, recordings, cards, reviewer):
    """Every share of one licence to the last micro; answers their sum."""
    royalties, part_of_reviewers = check_fee(licence, cards)
    listed = check_weights(licence, royalties) if "weights" in licence else None
    paid = check_reviewers_share(licence, part_of_reviewers, reviewer)
    total = int(licence["total_weight"])
    for share in licence["shares"]:
        name = f"licence {licence['id']}: share of {share['recording']}"
        weight = int(share["weight"])
        digest = hashlib.sha256(f"{licence['id']}:{share['recording']}".encode()).hexdigest()
        if share["recording"] in recordings:
            differ(f"{name}: weight", int(recordings[share["recording"]]["weight"]), weight)
        else:
            differ(f"{name}: recording", "one of yours", "not in the export")
        if listed is not None:
            differ(f"{name}: weight in the list", listed.get(digest), weight)
        computed = share_of(royalties, weight, total, digest, licence)
        differ(name, computed, micros(share["amount"]))
        paid += computed
    return paid


def check_statement(export, pay, royalties, reviews):
    """Every movement is explained by what it is about, and the movements add up to the balances."""
    available = reserved = 0
    paid, shared, steps, given = set(), set(), {}, {}
    for movement in export["statement"]:
        kind, subject = movement["kind"], movement["subject"]
        gain, kept, tax = (micros(movement[key]) for key in ("available", "reserved", "tax_withheld"))
        name = f"transaction {movement['transaction']} ({kind})"
        available, reserved = available + gain, reserved + kept
        if kind == "recording-accepted":
            recording = subject["recording"]
            differ(f"{name}: pay of {recording}", pay.get(recording), gain)
            if recording in paid:
                differ(f"{name}: paid", "once", "twice")
            paid.add(recording)
        elif kind == "licence-granted":
            shared.add(subject["licence"])
            differ(f"{name}: shares of {subject['licence']}", royalties.get(subject["licence"], 0), gain)
        elif kind == "review-accepted":
            differ(f"{name}: pay of {subject['review']}", reviews.pop(subject["review"], None), gain)
        elif kind.startswith("payout-"):
            steps.setdefault(subject["payout"], []).append((kind, gain, kept, tax))
        else:
            given[kind] = given.get(kind, 0) + gain
        if available < 0 or reserved < 0:
            differ(f"{name}: balances after it", "not negative", f"{available} and {reserved}")
    for recording in sorted(pay.keys() - paid):
        if pay[recording]:
            differ(f"recording {recording}: credit", pay[recording], None)
    for licence in sorted(royalties.keys() - shared):
        if royalties[licence]:
            differ(f"licence {licence}: credit", royalties[licence], None)
    for review in sorted(reviews):
        differ(f"review {review}: credit", reviews[review], None)
    differ("available at the end", available, micros(export["balances"]["available"]))
    differ("reserved at the end", reserved, micros(export["balances"]["reserved"]))
    return steps, given


ENDS = {
    "requested": ["payout-reserved"], "sent": ["payout-reserved", "payout-sent"],
    "settled": ["payout-reserved", "payout-sent"], "voided": ["payout-reserved", "payout-voided"],
    "failed": ["payout-reserved", "payout-sent", "payout-failed"],
    "returned": ["payout-reserved", "payout-sent", "payout-returned"],
}


def check_payouts(export, steps):
    """A payout moves its amount the way that its status says."""
    for payout in export["payouts"]:
        name, total = f"payout {payout['id']}", micros(payout["amount"])
        moved = steps.pop(payout["id"], [])
        differ(f"{name}: steps", ENDS.get(payout["status"]), [step[0] for step in moved])
        withheld = 0
        for kind, gain, kept, tax in moved:
            if kind == "payout-reserved":
                differ(f"{name}: reserved", (-total, total), (gain, kept))
            elif kind == "payout-voided":
                differ(f"{name}: released", (total, -total), (gain, kept))
            elif kind == "payout-sent":
                withheld = tax
                differ(f"{name}: sent", (0, -total), (gain, kept))
                differ(f"{name}: tax", micros(payout["tax"]), tax)
            elif kind == "payout-failed":
                differ(f"{name}: failed", (total, 0, -withheld), (gain, kept, tax))
            elif kind == "payout-returned":
                differ(f"{name}: returned", (total - withheld, 0), (gain, kept))
    for payout in steps:
        differ(f"payout {payout}", "in the list", "in the statement alone")


def main():
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            export = json.load(file)
        if export["format"] != "fairvoice-export-1":
            raise ValueError("unknown format")
    except (IndexError, OSError, ValueError, KeyError, TypeError) as error:
        print(f"recompute-statement: {error or 'name an export'}", file=sys.stderr)
        return 2
    try:
        cards = check_cards(export)
        quotes = check_quotes(export, cards)
        recordings = {recording["id"]: recording for recording in export["recordings"]}
        places = {movement["transaction"]: movement["sequence"] for movement in export["statement"]}
        used = {}
        pay = {
            recording["id"]: check_recording(recording, quotes, cards, used)
            for recording in sorted(
                recordings.values(), key=lambda one: (one["decided_at"] or "", places.get(one["transaction"], 0)))}
        royalties = {
            licence["id"]: check_licence(licence, recordings, cards, export["contributor"]["id"])
            for licence in export["licences"]}
        reviews = {review["id"]: check_review(review, cards) for review in export["reviews"]}
        review_count = len(reviews)
        steps, given = check_statement(export, pay, royalties, reviews)
        check_payouts(export, steps)
    except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError) as error:
        differences.append(f"the export is damaged: {type(error).__name__} {error}")
    for difference in differences:
        print(f"DIFFERENT  {difference}")
    if differences:
        print(f"{len(differences)} differences")
        return 1
    for kind, sum_ in sorted(given.items()):
        print(f"taken as stated  {kind}: {sum_} micros (its rule is not about your recordings)")
    print(
        f"right to the last micro: {len(pay)} recordings, {review_count} reviews, {len(royalties)} licences, {len(export['payouts'])} payouts, "
        f"{len(export['statement'])} movements")
    return 0


if __name__ == "__main__":
    sys.exit(main())
