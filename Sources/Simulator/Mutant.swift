/// A program that is broken on purpose, to see that the simulator notices. The break is made in the database of an ordinary
/// build: rules are dropped, writes undone, settings weakened.
public enum Mutant: String, CaseIterable, Sendable {
    /// Now and then a transaction is not sealed: its postings stand without their row.
    case noSeal = "no-seal"
    /// Answers are not kept, so that a repeated request has a second effect.
    case noAnswers = "no-answers"
    /// The program trusts a commit that the disk has not confirmed.
    case synchronousNormal = "synchronous-normal"
    /// As above, and it does not even ask before the log is copied back.
    case synchronousOff = "synchronous-off"
    /// Of each licence one person gets a micro more, another one less.
    case microAstray = "micro-astray"
    /// A worker's lease is not taken from it: a second result counts.
    case leaseKept = "lease-kept"
    /// Quotes are never used up.
    case quoteEndless = "quote-endless"
    /// A payout can be settled again.
    case settledAgain = "settled-again"
    /// A withdrawn recording stays on sale.
    case staysOnSale = "stays-on-sale"
    /// A deposit forgets its last digit.
    case depositRounded = "deposit-rounded"

    /// A setting of the connection that writes, made at each start.
    var setting: String? {
        switch self {
        case .noSeal: "PRAGMA foreign_keys = OFF"
        case .synchronousNormal: "PRAGMA synchronous = NORMAL"
        case .synchronousOff: "PRAGMA synchronous = OFF"
        default: nil
        }
    }

    /// What becomes of the schema, at each start.
    var sql: String? {
        switch self {
        case .noSeal:
            "CREATE TRIGGER IF NOT EXISTS mutant BEFORE INSERT ON txn WHEN NEW.sequence % 50 = 0 BEGIN SELECT RAISE(IGNORE); END"
        case .noAnswers:
            "CREATE TRIGGER IF NOT EXISTS mutant BEFORE INSERT ON idempotent_answer BEGIN SELECT RAISE(IGNORE); END"
        case .synchronousNormal, .synchronousOff: nil
        case .microAstray:
            """
            DROP TRIGGER IF EXISTS balance_follows_postings;
            CREATE TRIGGER IF NOT EXISTS mutant AFTER INSERT ON txn WHEN NEW.kind = 'licence-granted' BEGIN
            UPDATE account SET balance = balance + 1
            WHERE id = (SELECT account FROM posting WHERE txn = NEW.sequence AND amount < -1 ORDER BY n LIMIT 1);
            UPDATE account SET balance = balance - 1
            WHERE id = (SELECT account FROM posting WHERE txn = NEW.sequence AND amount < -1 ORDER BY n DESC LIMIT 1); END
            """
        case .leaseKept:
            """
            CREATE TRIGGER IF NOT EXISTS mutant AFTER UPDATE ON job WHEN NEW.state = 'done' BEGIN
            UPDATE job SET state = 'leased', lease = OLD.lease, leased_until = OLD.leased_until WHERE id = NEW.id; END
            """
        case .quoteEndless:
            """
            CREATE TRIGGER IF NOT EXISTS mutant AFTER UPDATE OF used_milliseconds ON quote WHEN NEW.used_milliseconds > 0 BEGIN
            UPDATE quote SET used_milliseconds = 0 WHERE id = NEW.id; END
            """
        case .settledAgain:
            """
            CREATE TRIGGER IF NOT EXISTS mutant AFTER UPDATE OF status ON payout WHEN NEW.status = 'settled' BEGIN
            UPDATE payout SET status = 'sent' WHERE id = NEW.id; END
            """
        case .staysOnSale:
            """
            CREATE TRIGGER IF NOT EXISTS mutant AFTER UPDATE OF status ON recording
            WHEN NEW.status = 'withdrawn' AND OLD.status = 'accepted' BEGIN
            UPDATE recording SET status = 'accepted' WHERE id = NEW.id; END
            """
        case .depositRounded:
            """
            CREATE TRIGGER IF NOT EXISTS mutant AFTER INSERT ON deposit WHEN NEW.amount % 10 <> 0 BEGIN
            UPDATE deposit SET amount = amount - amount % 10 WHERE id = NEW.id; END
            """
        }
    }
}
