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
        var tiers: [String: String] = [:]
        /// What was decided of their recordings, by language and grade.
        var record: [String: [String: (count: Int, milliseconds: Int)]] = [:]
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
        var offer: Offer?

        var bountyLeft: Int { max(0, (offer?.seconds ?? 0) * 1000 - usedMilliseconds) }
    }

    /// What a quote may count on of a bounty.
    struct Offer {
        var bounty: String
        var perHour: Int
        var seconds: Int
    }

    struct Bounty {
        var buyer: String
        var cell: Cell
        var perHour: Int
        var status = "open"
    }

    /// A premium that holds for a while, unless its target or the card changes before.
    struct Premium {
        var factor: Int
        var wanted: Int
        var card: Int
        var until: Int
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
        /// Milliseconds of its quote that it is taken for until it is decided.
        var pending = 1000
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
    var premiums: [Cell: Premium] = [:]
    var bounties: [String: Bounty] = [:]
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
    static func bounty(_ id: String) -> String { "liabilities:bounty:\(id)" }
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

    /// Makes every premium anew that does not hold any more.
    mutating func renewPremiums(at now: Int) {
        for (target, seconds) in wanted {
            if let old = premiums[target], now < old.until, old.card == cards.count, old.wanted == seconds { continue }
            let done = accepted.filter { target.covers($0.key) }.values.reduce(0, +) / 1000
            let rise = seconds == 0 ? 0 : Self.scaled(card.scarcitySlope, max(0, seconds - done), over: seconds)
            premiums[target] = Premium(
                factor: min(card.scarcityCap, 1000 + rise), wanted: seconds, card: cards.count,
                until: now + card.premiumHours * 3_600_000)
        }
    }

    /// The hourly price in thousandths and micros; of the premiums that cover the kind of speech the highest counts.
    func price(_ cell: Cell, _ elicitation: String, tier: String) -> (beforeTier: Int, hourly: Int) {
        let factors = [
            card.factor("languages", cell.language), card.accentFactor(cell.accent, in: cell.language),
            premiums.filter { $0.key.covers(cell) }.values.map(\.factor).max() ?? 1000,
            card.factor("registers", cell.register), card.factor("settings", cell.setting),
            card.factor("elicitations", elicitation), card.factor("emotions", cell.emotion),
        ]
        let beforeTier = factors.reduce(card.base) { Self.scaled($0, $1, over: 1000) }
        return (beforeTier, Self.scaled(beforeTier, card.factor("tiers", tier), over: 1000))
    }

    /// Rounded up to the micro.
    static func cost(_ perHour: Int, _ milliseconds: Int) -> Int { (perHour * max(0, milliseconds) + 3_599_999) / 3_600_000 }

    /// What live quotes count on of a bounty.
    func promised(_ bounty: String, without quote: String? = nil, at now: Int) -> Int {
        quotes.filter { id, other in
            other.offer?.bounty == bounty && id != quote && (other.expiresAt > now || pending(id) > 0)
        }.values.reduce(0) { $0 + Self.cost($1.offer!.perHour, $1.bountyLeft) }
    }

    func pending(_ quote: String) -> Int { recordings.values.reduce(0) { $0 + ($1.quote == quote ? $1.pending : 0) } }

    /// What the open bounty that adds most can promise.
    func offer(_ cell: Cell, seconds: Int, at now: Int) -> Offer? {
        var best: Offer?
        for (id, bounty) in bounties.sorted(by: { $0.key < $1.key }) where bounty.status == "open" && bounty.cell.covers(cell) {
            if let best, best.perHour >= bounty.perHour { continue }
            let free = funds(Self.bounty(id)) - promised(id, at: now)
            let wanted = min(seconds, card.bountySecondsMax)
            let sure = bounty.perHour == 0 ? wanted : min(wanted, free * 3600 / bounty.perHour)
            if free > 0, sure > 0, sure >= min(60, wanted) { best = Offer(bounty: id, perHour: bounty.perHour, seconds: sure) }
        }
        return best
    }

    // Verbs: what they do when they are allowed

    /// Why a quote takes no upload now; nil where it does.
    func refusal(of quote: String, by person: String, scenario: String?, begun: Int, at now: Int) -> (Int, String?)? {
        guard let quoted = quotes[quote], quoted.owner == person else { return (422, nil) }
        if begun >= quoted.expiresAt { return (409, "quote-expired") }
        if quoted.usedMilliseconds >= quoted.secondsMax * 1000 { return (409, "quote-exhausted") }
        if quoted.usedMilliseconds + pending(quote) >= quoted.secondsMax * 1000 { return (409, nil) }
        if people[person]!.grants.isEmpty { return (409, "consent-missing") }
        guard let scenario else { return nil }
        guard let asked = scenarios[scenario] else { return (422, nil) }
        var cell = asked.cell
        if cell.accent.isEmpty { cell.accent = quoted.cell.accent }
        return cell == quoted.cell && asked.elicitation == quoted.elicitation ? nil : (422, nil)
    }

    /// The outcome of measured speech: grade, and the four parts of the pay: base, tier, quality, bounty.
    func verdict(_ id: String, _ values: [String: Double], samples: Int, rate: Int) -> (grade: String, parts: [Int]) {
        let quote = quotes[recordings[id]!.quote]!
        let card = cards[quote.card - 1]
        let grade = card.grade(values)
        guard grade != "rejected" else { return (grade, [0, 0, 0, 0]) }
        let factor = card.factor("grades", grade)
        func amount(_ hourly: Int, _ factor: Int, _ samples: Int) -> Int {
            Self.scaled(hourly * factor, samples, over: rate * 3_600_000)
        }
        let steps = [
            amount(quote.hourlyBeforeTier, min(factor, 1000), samples), amount(quote.hourly, min(factor, 1000), samples),
            amount(quote.hourly, factor, samples),
        ]
        let covered = min(samples, quote.bountyLeft * rate / 1000)
        let bonus = quote.offer.map { amount($0.perHour, min(factor, 1000), covered) } ?? 0
        return (grade, [steps[0], steps[1] - steps[0], steps[2] - steps[1], bonus])
    }

    mutating func accept(_ id: String, _ values: [String: Double], samples: Int, rate: Int, at now: Int) {
        let (grade, parts) = verdict(id, values, samples: samples, rate: rate)
        let milliseconds = Self.scaled(samples, 1000, over: rate)
        let quote = quotes[recordings[id]!.quote]!
        recordings[id]!.snr = values["snr_db"] ?? 0
        recordings[id]!.milliseconds = milliseconds
        if grade != "rejected" {
            pay(id, parts, milliseconds, under: quote, at: now)
            let factor = cards[quote.card - 1].factor("grades", grade)
            recordings[id]!.weight = milliseconds * factor * quote.tierFactor
            quotes[recordings[id]!.quote]!.usedMilliseconds += milliseconds
            accepted[quote.cell, default: 0] += milliseconds
        }
        decide(id, grade, milliseconds)
    }

    private mutating func pay(_ id: String, _ parts: [Int], _ milliseconds: Int, under quote: Quote, at now: Int) {
        let total = parts.reduce(0, +)
        guard total > 0 else { return }
        var left = parts[0] + parts[3]
        var legs: [(account: String, amount: Int)] = []
        func draw(_ account: String, _ held: Int) {
            let drawn = min(left, max(0, held))
            legs.append((account, drawn))
            left -= drawn
        }
        if let offer = quote.offer {
            let others = promised(offer.bounty, without: recordings[id]!.quote, at: now)
            let own = Self.cost(offer.perHour, quote.bountyLeft - milliseconds)
            draw(Self.bounty(offer.bounty), funds(Self.bounty(offer.bounty)) - others - own)
        }
        draw(Self.fund, funds(Self.fund))
        let person = recordings[id]!.owner
        book(
            legs + [
                ("expenses:recordings", left), ("expenses:tier-premium", parts[1]), ("expenses:quality-premium", parts[2]),
                (Self.available(person), -total),
            ])
        recordings[id]!.pay = total
    }

    /// Counts a decided recording, and raises its speaker's tier where the card in force says so.
    mutating func decide(_ id: String, _ grade: String, _ milliseconds: Int) {
        recordings[id]!.grade = grade
        recordings[id]!.status = grade == "rejected" ? "rejected" : "accepted"
        recordings[id]!.pending = 0
        let language = quotes[recordings[id]!.quote]!.cell.language
        var person = people[recordings[id]!.owner]!
        person.record[language, default: [:]][grade, default: (0, 0)].count += 1
        person.record[language]![grade]!.milliseconds += milliseconds
        let record = person.record[language]!
        let all = record.values.reduce(0) { $0 + $1.count }
        for (held, next) in [("novice", "skilled"), ("skilled", "expert")] where person.tiers[language] ?? "novice" == held {
            let rule = card.tierRule(next, in: language)
            let long = record.filter { $0.key <= rule.grade }.values.reduce(0) { $0 + $1.milliseconds }
            guard long >= rule.minutes * 60_000, (record["rejected"]?.count ?? 0) * 1000 <= rule.rejected * all else { break }
            person.tiers[language] = next
        }
        people[recordings[id]!.owner] = person
    }

    mutating func withdraw(_ id: String) {
        let recording = recordings[id]!
        if recording.status == "accepted" { accepted[quotes[recording.quote]!.cell]! -= recording.milliseconds }
        recordings[id]!.status = "withdrawn"
        recordings[id]!.pending = 0
    }

    /// Ends a bounty, or what was held of it for quotes; what nobody counts on goes back.
    mutating func close(_ id: String, at now: Int) {
        let held = promised(id, at: now)
        let free = funds(Self.bounty(id)) - min(held, funds(Self.bounty(id)))
        if free > 0 { book([(Self.bounty(id), free), (Self.prepaid(bounties[id]!.buyer), -free)]) }
        bounties[id]!.status = min(held, free + held) > 0 && funds(Self.bounty(id)) > 0 ? "closing" : "closed"
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
