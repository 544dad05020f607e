import Domain

/// What payouts must come to, written again and simply: sums of a list, nothing kept beside it.
struct PayoutModel {
    struct Entry {
        let id: ID<Payout>
        let person: Int
        let amount: Int64
        let method: PayoutDetails.Method
        let notBefore: Timestamp
        var status: Payout.Status = .requested
        var batch: ID<PayoutBatch>?
        var tax: Int64 = 0
        var base: Int64 = 0
        var exempt: Int64 = 0
        var fee: Int64 = 0
        var net: Int64 { amount - tax }
        var isOut: Bool { [.sent, .settled, .failed, .returned].contains(status) }
    }

    /// Above this a person is taxed, by one quarter. One year only.
    static let threshold: Int64 = 50_000_000

    var entries: [Entry] = []
    var earned: [Int64]
    /// Whether tax is withheld from a person.
    let isTaxed: [Bool]

    func available(_ person: Int) -> Int64 {
        let mine = entries.filter { $0.person == person }
        let away = mine.filter { ![.voided, .failed, .returned].contains($0.status) }.reduce(0) { $0 + $1.amount }
        let keptOfReturned = mine.filter { $0.status == .returned }.reduce(0) { $0 + $1.tax }
        return earned[person] - away - keptOfReturned
    }

    func reserved(_ person: Int) -> Int64 {
        entries.filter { $0.person == person && $0.status == .requested }.reduce(0) { $0 + $1.amount }
    }

    var inTransit: Int64 { entries.filter { $0.status == .sent }.reduce(0) { $0 + $1.net } }

    var withheld: Int64 { entries.filter { [.sent, .settled, .returned].contains($0.status) }.reduce(0) { $0 + $1.tax } }

    /// What left the bank and did not come back, with its fees.
    var paidByBank: Int64 {
        entries.filter { [.settled, .returned].contains($0.status) }.reduce(0) {
            $0 + $1.fee + ($1.status == .settled ? $1.net : 0)
        }
    }

    /// What waits for a batch of a method at a moment.
    func ready(_ method: PayoutDetails.Method, at now: Timestamp) -> [Int] {
        entries.indices.filter { index in
            let entry = entries[index]
            return entry.status == .requested && entry.batch == nil && entry.method == method && entry.notBefore <= now
        }
    }

    /// Puts payouts into a batch one by one: what was taxed and came back is exempt first, then the year's base is what all
    /// counted payouts have above the threshold, less what of it others carry.
    mutating func prepare(_ indices: [Int], _ batch: ID<PayoutBatch>) {
        for index in indices {
            let person = entries[index].person
            let counted = entries.filter { entry in
                entry.person == person && entry.id != entries[index].id && entry.batch != nil
                    && [.requested, .sent, .settled, .returned].contains(entry.status)
            }
            let cameBack = counted.filter { $0.status == .returned }.reduce(0) { $0 + $1.net }
            entries[index].exempt = min(entries[index].amount, cameBack - counted.reduce(0) { $0 + $1.exempt })
            let fresh = entries[index].amount - entries[index].exempt
            let year = counted.reduce(fresh) { $0 + $1.amount - $1.exempt }
            let due = max(0, year - Self.threshold) - counted.reduce(0) { $0 + $1.base }
            entries[index].base = isTaxed[person] ? min(fresh, max(0, due)) : 0
            entries[index].tax = entries[index].base / 4 / 10_000 * 10_000
            entries[index].batch = batch
        }
    }
}
