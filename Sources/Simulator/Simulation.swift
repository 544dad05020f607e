import Domain
import HTTP
import JSON
import Market
import Storage
import TestSupport

/// One run: many clients, a clock, faults and crashes against the whole program, beside the model. Single-threaded; the seed
/// decides everything.
public final class Simulation {
    public struct Result: Sendable {
        public let operations: Int
        public let transactions: Int
        public let faults: Int
        public let restarts: Int
        /// How often each operation had each outcome.
        public let counts: [String: Int]
        /// Two runs of a seed have the same.
        public let traceHash: String
    }

    /// Full checks of the books, whose cost grows with them, come so seldom.
    private static let verifyEvery = 4_000
    private static let compareEvery = 100
    /// 2024-02-28T22:00:00Z: two hours before a leap day.
    private static let start = 1_709_157_600_000

    let seed: UInt64
    let mutant: Mutant?
    let machine: Machine
    var chance: SeededRandom
    var model = Model()
    var now = Simulation.start
    private(set) var number = 0
    private var keyCount = 0
    private var trace = Trace()
    private var faultCount = 0
    private var restartCount = 0
    private var counts: [String: Int] = [:]
    private let operationCount: Int
    /// A process ended under a request: once that is answered for, the whole state must be the model's.
    var mustCompare = false

    /// Bearer keys by their owner; the admins' are "admin" and "second admin".
    var keys: [String: String] = [:]
    /// Answers to requests with an idempotency key, which must come back for ever.
    var answered: [(ask: Machine.Ask, status: Int, body: [UInt8])] = []
    /// What workers hold, lost leases among it.
    var held: [Job] = []
    /// Uploads whose bytes have not come yet.
    var uploads: [(opened: Machine.Opened, upload: Upload, begun: Int)] = []

    /// - Parameters:
    ///   - folder: where the run keeps its data; best in memory. It is removed at the end.
    ///   - mutant: what is broken on purpose.
    public init(seed: UInt64, operations: Int, folder: String, mutant: Mutant? = nil) throws {
        self.seed = seed
        self.mutant = mutant
        operationCount = operations
        chance = SeededRandom(seed: seed)
        machine = try Machine(folder: folder, seed: ~seed, at: now, mutant: mutant)
    }

    /// Runs to the end.
    /// - Throws: `Difference` at the first operation where program and model part.
    public func run() throws -> Result {
        try machine.start()
        let admin = try machine.market.store.write { db in
            try machine.market.createAdmin(name: "Ada", at: machine.now, in: db)
        }
        keys["admin"] = admin.text
        keys["second admin"] = try machine.market.store.write { db in
            try machine.market.createAdmin(name: "Ben", at: machine.now, in: db)
        }.text
        let card = machine.send(.init(method: .get, target: "/v1/rate-card")).json["document"] ?? .null
        model.cards = [Card(document: card)]
        let total = Operation.table.reduce(0) { $0 + $1.weight }
        while number < operationCount {
            number += 1
            passTime()
            var draw = chance.int(0...total - 1)
            let operation =
                Operation.opening[number]
                ?? Operation.table.first { operation in
                    draw -= operation.weight
                    return draw < 0
                }!
            try operation.run(self)
            if number % Self.compareEvery == 0 { try compare() }
            if number % Self.verifyEvery == 0 { try verify() }
        }
        try restart(chance.happens(500) ? .killed : .powerLost(seed: chance.next()))
        try compare()
        try verify()
        return Result(
            operations: number, transactions: model.transactionCount, faults: faultCount, restarts: restartCount,
            counts: counts, traceHash: trace.digest)
    }

    func differ(_ what: String) -> Difference {
        Difference(
            seed: seed, operation: number, what: what, lines: trace.lines,
            replay: "make simulate SEED=\(seed) SEEDS=1 OPERATIONS=\(operationCount)"
                + (mutant.map { " MUTANT=\($0.rawValue)" } ?? ""))
    }

    func count(_ name: String) { counts[name, default: 0] += 1 }

    /// Tells somebody who listens as it goes, for a run that does not come to its end.
    public var onLine: ((String) -> Void)?

    func note(_ line: String, _ bytes: [UInt8] = []) {
        onLine?("\(number) \(line)")
        trace.add("\(number) \(machine.now) \(line)", bytes)
    }

    // Time

    /// Clients come within seconds; now and then hours or months pass, and sometimes the clock is set back.
    private func passTime() {
        let day = 86_400_000
        switch chance.int(0...1999) {
        case 0...1899: now += chance.int(0...20_000)
        case 1900...1979: now += chance.int(0...6 * 3_600_000)
        case 1980...1983: now += chance.int(0...3 * day)
        case 1984...1985: now += chance.int(0...40) * day
        case 1986: now += chance.int(0...400) * day
        case 1987...1995: now -= chance.int(0...3_600_000)
        case 1996: now = max(Self.start, now - chance.int(0...60) * day)
        // To the last moment of a day: of a month or a leap day, perhaps.
        default: now = (now / day + 1) * day - 1
        }
        machine.setClock(now)
    }

    // Requests

    /// What the model expects of a request.
    enum Verdict {
        /// A refusal, with the reason where one is named; nothing changes.
        case refused(Int, String? = nil)
        /// An answer with these values, by paths such as "fee.amount", and what it does.
        case done(Int, [(path: String, value: JSON)], (inout Model, JSON) -> Void = { _, _ in })
    }

    /// Asks the program and holds it against the model's verdict, perhaps while something breaks. What was not acknowledged is
    /// asked for again, until there is an answer: it must have happened once.
    @discardableResult
    func perform(_ name: String, _ ask: Machine.Ask, expecting verdict: Verdict) throws -> JSON {
        try settle(name, ask, verdict, answer: { self.machine.send(ask) })
    }

    /// - Parameter later: the verdict on the request if it has to be sent again and had no effect before, where it differs.
    @discardableResult
    func settle(
        _ name: String, _ ask: Machine.Ask, _ verdict: Verdict, ifSentAgain later: Verdict? = nil, answer first: () -> Response
    ) throws -> JSON {
        var verdict = verdict
        // Sent again, a request without a key is another one: it must be clear that the first had no effect.
        let fault = armPerhaps(isRepeatable: ask.idempotencyKey != nil || ask.method != .post)
        var response = first()
        if let fault {
            response = try recover(name, response, from: fault) {
                let second = self.machine.send(ask)
                if let later, second.fields["Idempotency-Replayed"] == nil { verdict = later }
                return second
            }
        }
        let json = try judge(name, ask, response, verdict)
        try afterAnEnd()
        return json
    }

    /// Holds an answer against the verdict, and lets the model do what the program did.
    @discardableResult
    func judge(_ name: String, _ ask: Machine.Ask, _ response: Response, _ verdict: Verdict) throws -> JSON {
        note("\(name) \(ask.method) \(ask.target) → \(response.status)", name.hasPrefix("sign up") ? [] : response.bytes)
        let json = response.json
        count("\(name) \(response.status)")
        switch verdict {
        case .refused(let status, let reason):
            guard response.status == status, reason == nil || json["reason"]?.asString == reason else {
                throw differ("\(name) answered \(response.status) \(text(json)), not \(status) \(reason ?? "")")
            }
        case .done(let status, let facts, let effect):
            guard response.status == status else {
                throw differ("\(name) answered \(response.status) \(text(json)), not \(status)")
            }
            for fact in facts {
                let found = fact.path.split(separator: ".").reduce(json as JSON?) { $0?.part(String($1)) } ?? .null
                guard found == fact.value else { throw differ("\(name): \(fact.path) is \(found), not \(fact.value)") }
            }
            effect(&model, json)
            if ask.idempotencyKey != nil, ask.method == .post { answered.append((ask, status, response.bytes)) }
        }
        return json
    }

    /// A key that no request had before.
    func newKey() -> String {
        keyCount += 1
        return "key-\(keyCount)"
    }

    private func text(_ json: JSON) -> String {
        "\(json["detail"]?.asString ?? json.description) \(machine.lastError.take())"
    }

    /// Lets something break in a few of all requests.
    func armPerhaps(isRepeatable: Bool = true) -> Machine.Fault? {
        guard chance.happens(60), let fault = chance.pick(isRepeatable ? Machine.Fault.allCases : [.interrupt, .full]) else {
            return nil
        }
        let longest = fault == .interrupt ? 2_000 : fault == .unsynced ? 1 : 60
        let countdown = 1 + chance.skewed(longest)
        onLine?("\(number) armed \(fault) \(countdown)")
        machine.arm(fault, countdown: countdown)
        return fault
    }

    /// After a fault: nothing may have happened, or the process starts again. Answers what the client gets in the end.
    func recover(
        _ name: String, _ response: Response, from fault: Machine.Fault, again: () -> Response
    ) throws -> Response {
        guard machine.disarm() else { return response }
        faultCount += 1
        count("fault: \(fault)")
        note("\(name) under \(fault) → \(response.status)")
        if fault.isDeath || machine.isBroken {
            try endNow()
        } else if response.status >= 500 {
            guard response.status == (fault == .full ? 507 : 500) else {
                throw differ("\(name) under \(fault) answered \(response.status): \(text(response.json))")
            }
            try compareBalances()
        }
        return response.status < 500 ? response : again()
    }

    // Processes

    /// Ends the process with something unanswered.
    func endNow() throws {
        try restart(chance.happens(500) ? .killed : .powerLost(seed: chance.next()), isSettled: false)
        mustCompare = true
    }

    /// Compares whole states where a process has just ended. What was said after its end must outlast a power loss, too.
    func afterAnEnd() throws {
        guard mustCompare else { return }
        try compare()
        if chance.happens(300) { try restart(.powerLost(seed: chance.next())) }
    }

    /// Ends the process, in order where nothing is said, and starts it again on what the disk holds.
    ///
    /// - Parameter isSettled: whether all that was asked for has been answered, so that the state must be the model's.
    func restart(_ end: Machine.End?, isSettled: Bool = true) throws {
        restartCount += 1
        let how = end.map { "\($0)" } ?? "in order"
        uploads = []
        do {
            try machine.stop(end)
            try machine.start()
        } catch {
            throw differ("the program does not start again (\(how)): \(error)")
        }
        note("restart \(how)")
        count("restart \(how.prefix { $0 != "(" })")
        for id in model.jobs.keys where model.jobs[id]!.state == "leased" {
            model.jobs[id]!.state = "waiting"
            model.jobs[id]!.lease = ""
        }
        if isSettled { try compare() }
    }
}

extension JSON {
    /// A member, or how many elements there are.
    fileprivate func part(_ name: String) -> JSON? { name == "count" ? asArray.map { .count($0.count) } : self[name] }
}
