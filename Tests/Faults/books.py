"""Looks at a data folder without the program: are the books right, and is everything there that was acknowledged?"""
import hashlib, json, os, sqlite3

DATABASE = "fairvoice.sqlite3"


def open_database(folder, is_read_only=False):
    path = os.path.join(folder, DATABASE)
    return sqlite3.connect("file:%s?mode=ro" % path if is_read_only else path, uri=is_read_only)


def columns(db, table):
    return [row[1] for row in db.execute("PRAGMA table_info(%s)" % table)]


def wrong_books(db):
    """What is wrong with the books: sums, balances, floors, seals, and facts that were booked twice or not at all."""
    def some(title, sql):
        rows = db.execute(sql).fetchmany(3)
        return ["%s: %s" % (title, rows)] if rows else []

    return (
        some("a transaction is not balanced", "SELECT txn, sum(amount) FROM posting GROUP BY txn HAVING sum(amount) <> 0")
        + some("the books do not add up to zero", "SELECT sum(balance) FROM account HAVING sum(balance) <> 0")
        + some("a balance is not its postings", """
            SELECT path, balance, (SELECT coalesce(sum(amount), 0) FROM posting WHERE account = account.id) AS sum
            FROM account WHERE balance <> sum""")
        + some("a floor is crossed", "SELECT path, balance FROM account WHERE has_floor AND balance > 0")
        + some("postings without a seal", "SELECT txn FROM posting WHERE txn NOT IN (SELECT sequence FROM txn)")
        + some("a gap in the log", "SELECT max(sequence), count(*) FROM txn HAVING max(sequence) <> count(*)")
        + some("a recording paid twice", """
            SELECT metadata, count(*) FROM txn WHERE kind = 'recording-accepted' GROUP BY metadata HAVING count(*) > 1""")
        + some("a payout moved twice", """
            SELECT kind, metadata, count(*) FROM txn WHERE kind GLOB 'payout-*' GROUP BY kind, metadata HAVING count(*) > 1""")
        + some("an earning without its transaction", "SELECT recording FROM earning WHERE entry NOT IN (SELECT id FROM txn)")
        + some("a deposit without its transaction", "SELECT id FROM deposit WHERE entry NOT IN (SELECT id FROM txn)")
        + some("a licence without its transaction", "SELECT id FROM licence WHERE entry NOT IN (SELECT id FROM txn)")
        + some("an accepted recording without pay", """
            SELECT id FROM recording WHERE status = 'accepted' AND id NOT IN (SELECT recording FROM earning)""")
        + some("money of nowhere", """
            SELECT kind, count(*) FROM txn WHERE kind = 'recording-accepted'
            HAVING count(*) <> (SELECT count(*) FROM earning)""")
        + some("a payout without its reservation", """
            SELECT id FROM payout WHERE 'payout:' || id || ':reserved' NOT IN (SELECT idempotency_key FROM txn)"""))


def blob_path(folder, sha256):
    return os.path.join(folder, "blobs", sha256[:2], sha256[2:4], sha256)


def wrong_blobs(db, folder, known=None):
    """Blobs that recordings name and that are not what they were. `known` remembers files that were hashed before."""
    faults = []
    for sha256, in db.execute("SELECT DISTINCT sha256 FROM recording WHERE status <> 'erased'"):
        if known is not None and sha256 in known:
            continue
        try:
            with open(blob_path(folder, sha256), "rb") as file:
                is_right = hashlib.sha256(file.read()).hexdigest() == sha256
        except FileNotFoundError:
            is_right = False
        if not is_right:
            faults.append("blob %s is missing or changed" % sha256)
        elif known is not None:
            known.add(sha256)
    return faults


# Table, and the columns of the answer that its row must have, by the kind of request. Amounts are compared in micros.
ROWS = {
    "deposit": ("deposit", {"reference": "reference", "amount": "amount", "buyer": "buyer"}),
    "quote": ("quote", {"jws": "jws"}),
    "recording": ("recording", {"sha256": "sha256"}),
    "dataset": ("dataset", {"name": "name"}),
    "snapshot": ("snapshot", {"sha256": "sha256", "version": "version"}),
    "licence": ("licence", {"model": "model_name", "fee": "fee", "snapshot": "snapshot"}),
    "payout": ("payout", {"amount": "amount"}),
    "batch": ("payout_batch", {"sha256": "sha256"}),
}


def micros(money):
    whole, _, part = money["amount"].partition(".")
    return int(whole) * 10**6 + int((part + "000000")[:6])


class Facts:
    """Everything that was acknowledged, as (kind, name of the request, path, the answer's JSON)."""

    def __init__(self, db):
        self.db = db
        self.answers = set(row[0] for row in db.execute("SELECT key FROM idempotent_answer"))
        self.steps = set(row[0] for row in db.execute("SELECT idempotency_key FROM txn"))
        self.known = {}

    def missing(self, fact):
        """Nil, or how the data folder fails to hold an acknowledged fact."""
        kind, name, path, answer = fact
        if kind == "decision":
            row = self.row("recording", answer["id"])
            return None if row and row["status"] == answer["status"] else "decision of %s is gone" % answer["id"]
        if name not in self.answers:
            return "%s %s: the answer is forgotten" % (kind, name)
        if kind in ("settlement", "return"):
            payout = path.split("/")[-2]
            needed = ["payout:%s:resolved" % payout] + ["payout:%s:returned" % payout] * (answer["status"] == "returned")
            return None if all(step in self.steps for step in needed) else "%s of %s was not booked" % (kind, payout)
        if kind not in ROWS:
            return None
        table, wanted = ROWS[kind]
        row = self.row(table, answer["id"])
        if row is None:
            return "%s %s is gone" % (kind, answer["id"])
        for member, column in wanted.items():
            value = answer.get(member)
            if isinstance(value, dict):
                value = micros(value)
            if value is not None and column in row and row[column] != value:
                return "%s %s: %s is %r, %r was acknowledged" % (kind, answer["id"], column, row[column], value)
        return None

    def row(self, table, id):
        if table not in self.known:
            names = columns(self.db, table)
            self.known[table] = {row[names.index("id")]: dict(zip(names, row)) for row in
                                 self.db.execute("SELECT * FROM %s" % table)}
        return self.known[table].get(id)


def lost(db, facts):
    look = Facts(db)
    return [fault for fault in map(look.missing, facts) if fault]
