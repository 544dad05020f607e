import Crypto

/// The market as simply as it can be said: dictionaries, and the rules of docs/money.md in a few lines of its own. It shares
/// no decision with the program: amounts are plain integers of micros, ids plain texts, times milliseconds.
struct Model {
    struct Person {
        /// Languages with the accent declared in each, "" for none.
        var accents: [String: String]
        var details: String?
        var hasHadDetails = false
        /// Payouts asked for before this wait for it: the details are new.
        var coolsUntil = 0

        /// Where payouts go from now on. The first details ever redirect nothing.
        mutating func change(_ new: String?, at now: Int) {
            guard new != details else { return }
            if hasHadDetails { coolsUntil = now + 72 * 3_600_000 }
            details = new
            hasHadDetails = true
        }
        /// Purposes of each grant that stands, by its id.
        var grants: [String: Set<String>] = [:]
    }

    struct Quote {
        var owner: String
        var card: Int
        var cell: Cell
        var elicitation: String
        var hourlyBeforeTier: Int
        var hourly: Int
        var tierFactor: Int
        var secondsMax: Int
        var usedMilliseconds = 0
        var expiresAt: Int
    }

    struct Recording {
        var owner: String
        var quote: String
        var sha256: String
        var status = "queued"
        var milliseconds = 0
        var weight = 0
        var grade = ""
        var snr = 0.0
        var pay = 0
    }

    struct Job {
        var recording: String
        var state = "waiting"
        var lease = ""
        var until = 0
        var attempts = 0
    }

    struct Snapshot {
        var buyer: String
        var members: [String]
        var milliseconds: Int
    }

    struct Licence {
        var snapshot: String
        var model: String
        var purpose: String
        var endsAt: Int?
    }

    struct Payout {
        var owner: String
        var amount: Int
        var notBefore = 0
        var status = "requested"
        var batch: String?
    }

    /// Debits are positive.
    var balances: [String: Int] = [:]
    var transactionCount = 0
    var cards: [Card] = []
    var wanted: [Cell: Int] = [:]
    var accepted: [Cell: Int] = [:]
    var people: [String: Person] = [:]
    var buyers: Set<String> = []
    var scenarios: [String: (cell: Cell, elicitation: String)] = [:]
    var quotes: [String: Quote] = [:]
    var recordings: [String: Recording] = [:]
    var jobs: [String: Job] = [:]
    var dataSets: [String: (buyer: String, query: Query)] = [:]
    var snapshots: [String: Snapshot] = [:]
    var licences: [String: Licence] = [:]
    var payouts: [String: Payout] = [:]
    /// Where each batch stands.
    var batches: [String: String] = [:]

    var card: Card { cards[cards.count - 1] }

    // Money

    func funds(_ account: String) -> Int { -(balances[account] ?? 0) }

    /// One transaction; legs of nothing are left out.
    mutating func book(_ legs: [(account: String, amount: Int)]) {
        precondition(legs.reduce(0) { $0 + $1.amount } == 0, "the model itself must balance")
        for leg in legs where leg.amount != 0 { balances[leg.account, default: 0] += leg.amount }
        transactionCount += 1
    }

    static func available(_ person: String) -> String { "liabilities:contributor:\(person):available" }
    static func reserved(_ person: String) -> String { "liabilities:contributor:\(person):reserved" }
    static func prepaid(_ buyer: String) -> String { "liabilities:buyer:\(buyer):prepaid" }
    static let fund = "liabilities:acquisition-fund"
    static let transit = "liabilities:payouts-in-transit"

    /// a × b ÷ c, to the nearest, from the middle to the even one.
    static func scaled(_ a: Int, _ b: Int, over c: Int) -> Int {
        let product = Int128(a) * Int128(b)
        let doubled = 2 * product + Int128(c)
        var result = doubled / (2 * Int128(c))
        if doubled % (2 * Int128(c)) < 0 { result -= 1 }
        if doubled % (2 * Int128(c)) == 0, result % 2 != 0 { result -= 1 }
        return Int(result)
    }

    /// Largest remainder; equal ones by the smaller SHA-256 of "salt:name".
    static func shares(_ total: Int, _ weights: [(name: String, weight: Int)], salt: String) -> [Int] {
        let whole = weights.reduce(Int128(0)) { $0 + Int128($1.weight) }
        guard total > 0, whole > 0 else { return weights.map { _ in 0 } }
        let products = weights.map { Int128(total) * Int128($0.weight) }
        var shares = products.map { Int($0 / whole) }
        let order = weights.indices.sorted { one, other in
            let (left, right) = (products[one] % whole, products[other] % whole)
            guard left == right else { return left > right }
            return SHA256.hash("\(salt):\(weights[one].name)".utf8)
                .lexicographicallyPrecedes(SHA256.hash("\(salt):\(weights[other].name)".utf8))
        }
        for index in order.prefix(total - shares.reduce(0, +)) { shares[index] += 1 }
        return shares
    }

    // Prices

    /// In thousandths: the highest premium of the targets that cover the kind of speech.
    func scarcity(of cell: Cell) -> Int {
        wanted.filter { $0.key.covers(cell) && $0.value > 0 }.map { target, seconds in
            let done = accepted.filter { target.covers($0.key) }.values.reduce(0, +) / 1000
            return min(card.scarcityCap, 1000 + Self.scaled(card.scarcitySlope, max(0, seconds - done), over: seconds))
        }.max() ?? 1000
    }

    func price(_ cell: Cell, _ elicitation: String, tier: String) -> (beforeTier: Int, hourly: Int) {
        let factors = [
            scarcity(of: cell), card.factor("registers", cell.register), card.factor("settings", cell.setting),
            card.factor("elicitations", elicitation), card.factor("emotions", cell.emotion),
        ]
        let beforeTier = factors.reduce(card.base) { Self.scaled($0, $1, over: 1000) }
        return (beforeTier, Self.scaled(beforeTier, card.factor("tiers", tier), over: 1000))
    }

    // Verbs: what they do when they are allowed

    /// Why a quote takes no upload now; nil where it does.
    func refusal(of quote: String, by person: String, scenario: String?, at now: Int) -> (Int, String?)? {
        guard let quoted = quotes[quote], quoted.owner == person else { return (422, nil) }
        if now >= quoted.expiresAt { return (409, "quote-expired") }
        if quoted.usedMilliseconds >= quoted.secondsMax * 1000 { return (409, "quote-exhausted") }
        if people[person]!.grants.isEmpty { return (409, "consent-missing") }
        guard let scenario else { return nil }
        guard let asked = scenarios[scenario] else { return (422, nil) }
        var cell = asked.cell
        if cell.accent.isEmpty { cell.accent = quoted.cell.accent }
        return cell == quoted.cell && asked.elicitation == quoted.elicitation ? nil : (422, nil)
    }

    /// The outcome of measured speech: grade, and the three parts of the pay.
    func verdict(_ id: String, _ values: [String: Double], samples: Int, rate: Int) -> (grade: String, parts: [Int]) {
        let quote = quotes[recordings[id]!.quote]!
        let card = cards[quote.card - 1]
        let grade = card.grade(values)
        guard grade != "rejected" else { return (grade, [0, 0, 0]) }
        let factor = card.factor("grades", grade)
        func amount(_ hourly: Int, _ factor: Int) -> Int { Self.scaled(hourly * factor, samples, over: rate * 3_600_000) }
        let steps = [
            amount(quote.hourlyBeforeTier, min(factor, 1000)), amount(quote.hourly, min(factor, 1000)),
            amount(quote.hourly, factor),
        ]
        return (grade, [steps[0], steps[1] - steps[0], steps[2] - steps[1]])
    }

    mutating func accept(_ id: String, _ values: [String: Double], samples: Int, rate: Int) {
        let (grade, parts) = verdict(id, values, samples: samples, rate: rate)
        var recording = recordings[id]!
        recording.grade = grade
        recording.status = grade == "rejected" ? "rejected" : "accepted"
        recording.snr = values["snr_db"] ?? 0
        recording.milliseconds = Self.scaled(samples, 1000, over: rate)
        if grade != "rejected" {
            let quote = quotes[recording.quote]!
            recording.weight = recording.milliseconds * cards[quote.card - 1].factor("grades", grade) * quote.tierFactor
            quotes[recording.quote]!.usedMilliseconds += recording.milliseconds
            accepted[quote.cell, default: 0] += recording.milliseconds
            let total = parts.reduce(0, +)
            if total > 0 {
                let fromFund = min(parts[0], funds(Self.fund))
                book([
                    (Self.fund, fromFund), ("expenses:recordings", parts[0] - fromFund), ("expenses:tier-premium", parts[1]),
                    ("expenses:quality-premium", parts[2]), (Self.available(recording.owner), -total),
                ])
                recording.pay = total
            }
        }
        recordings[id] = recording
    }

    mutating func withdraw(_ id: String) {
        let recording = recordings[id]!
        if recording.status == "accepted" { accepted[quotes[recording.quote]!.cell]! -= recording.milliseconds }
        recordings[id]!.status = "withdrawn"
    }

    func grants(_ person: String, _ purpose: String?) -> Bool {
        people[person]!.grants.values.contains { granted in purpose.map(granted.contains) ?? true }
    }

    /// Ids of what a query finds, in their order.
    func search(_ query: Query) -> [String] {
        recordings.filter { _, recording in
            let quote = quotes[recording.quote]!
            return recording.status == "accepted" && query.matches(quote.cell, recording)
                && grants(recording.owner, query.purpose)
        }.keys.sorted()
    }

    func fee(_ snapshot: String, _ purpose: String, _ term: String) -> Int? {
        card.licenceRates[purpose]?[term].map { Self.scaled($0, snapshots[snapshot]!.milliseconds, over: 3_600_000) }
    }

    /// The parts of a fee: royalties, fund, operations.
    func division(of fee: Int, licence: String) -> [Int] {
        let policy = card.policy
        return Self.shares(
            fee, [("royalties", policy[0] + policy[1]), ("acquisition-fund", policy[2]), ("operations", policy[3])],
            salt: licence)
    }

    mutating func sell(_ id: String, _ licence: Licence, fee: Int) {
        let snapshot = snapshots[licence.snapshot]!
        let parts = division(of: fee, licence: id)
        let royalties = Self.shares(parts[0], snapshot.members.map { ($0, recordings[$0]!.weight) }, salt: id)
        var credits: [String: Int] = [:]
        for (member, amount) in zip(snapshot.members, royalties) {
            credits[Self.available(recordings[member]!.owner), default: 0] += amount
        }
        let legs = [(Self.prepaid(snapshot.buyer), fee), (Self.fund, -parts[1]), ("revenue:operations", -parts[2])]
        book(legs + credits.map { ($0.key, -$0.value) })
        licences[id] = licence
    }

    /// Moves a payout on and books the step.
    mutating func move(_ id: String, to status: String) {
        let payout = payouts[id]!
        let (debit, credit) =
            switch status {
            case "requested": (Self.available(payout.owner), Self.reserved(payout.owner))
            case "sent": (Self.reserved(payout.owner), Self.transit)
            case "settled": (Self.transit, "assets:bank")
            case "voided": (Self.reserved(payout.owner), Self.available(payout.owner))
            case "failed": (Self.transit, Self.available(payout.owner))
            default: ("assets:bank", Self.available(payout.owner))
            }
        book([(debit, payout.amount), (credit, -payout.amount)])
        payouts[id]!.status = status
    }
}
