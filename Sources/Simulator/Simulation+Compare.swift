import Domain
import JSON
import Ledger
import Market
import Storage

/// Whole states beside each other.
extension Simulation {
    /// Every balance, and that they add up to nothing.
    func compareBalances() throws {
        let (kept, count) = try machine.market.store.read { db in
            let books = Books(db)
            return (try books.trialBalance(), try books.transactionCount())
        }
        let balances = Dictionary(uniqueKeysWithValues: kept.map { ($0.account.path.text, Int($0.balance.micros)) })
        guard balances == model.balances else {
            let paths = Set(balances.keys).union(model.balances.keys).sorted().filter { balances[$0] != model.balances[$0] }
            let parts = paths.map { path in
                func show(_ balance: Int?) -> String { balance.map(String.init) ?? "–" }
                return "\(path): \(show(balances[path])), not \(show(model.balances[path]))"
            }
            throw differ("balances differ: \(parts.joined(separator: "; "))")
        }
        guard balances.values.reduce(0, +) == 0 else { throw differ("balances add up to \(balances.values.reduce(0, +))") }
        guard Int(count) == model.transactionCount else {
            throw differ("the log holds \(count) transactions, not \(model.transactionCount)")
        }
    }

    /// Balances, and where everything stands.
    func compare() throws {
        mustCompare = false
        try learnJobs()
        try compareBalances()
        try machine.market.store.read { db in
            for person in model.people.keys.sorted() {
                let id = ID<Contributor>(stored: person)
                let kept = try Recordings.list(of: id, status: nil, .init(limit: 1_000_000), in: db).rows
                try expectSame(
                    "recordings of \(person)", kept.map { ($0.id.text, $0.status.rawValue) },
                    model.recordings.filter { $0.value.owner == person }.mapValues(\.status))
                let payouts = try Payouts.list(of: id, .init(limit: 1_000_000), in: db).rows
                try expectSame(
                    "payouts of \(person)", payouts.map { ($0.id.text, "\($0.status.rawValue) \($0.amount.micros)") },
                    model.payouts.filter { $0.value.owner == person }.mapValues { "\($0.status) \($0.amount)" })
            }
            for buyer in model.buyers.sorted() {
                let licences = try Licences.list(of: ID(stored: buyer), .init(limit: 1_000_000), in: db).rows
                try expectSame(
                    "licences of \(buyer)", licences.map { ($0.id.text, $0.modelName) },
                    model.licences.filter { model.snapshots[$0.value.snapshot]!.buyer == buyer }.mapValues(\.model))
            }
            let jobs = try Jobs.list(state: nil, .init(limit: 1_000_000), in: db).rows
            try expectSame(
                "jobs", jobs.map { ($0.id.text, "\($0.state.rawValue) \($0.attempts)") },
                model.jobs.mapValues { "\($0.state) \($0.attempts)" })
        }
    }

    private func expectSame(_ what: String, _ kept: [(String, String)], _ expected: [String: String]) throws {
        let kept = Dictionary(uniqueKeysWithValues: kept)
        guard kept != expected else { return }
        let ids = Set(kept.keys).union(expected.keys).filter { kept[$0] != expected[$0] }.sorted()
        let parts = ids.prefix(5).map { "\($0) \(kept[$0] ?? "absent"), not \(expected[$0] ?? "absent")" }
        throw differ("\(what) differ: \(parts.joined(separator: "; "))")
    }

    /// The program's own verification of its books finds nothing, and statements end at the balance.
    func verify() throws {
        try machine.market.store.read { db in
            let books = Books(db)
            let findings = books.verify().findings
            guard findings.isEmpty else { throw differ("ledger verify finds \(findings.prefix(5))") }
            for person in model.people.keys.sorted() {
                let account = Account(.available(contributor: person), .usd)
                let lines = try books.statement(of: account, limit: 1_000_000).lines
                let fold = lines.reduce(0) { $0 + Int($1.amount.micros) }
                let last = lines.last.map { Int($0.balance.micros) } ?? 0
                guard fold == -model.funds(Model.available(person)), last == fold else {
                    throw differ("the statement of \(person) ends at \(last), its lines add up to \(fold)")
                }
            }
        }
    }
}
