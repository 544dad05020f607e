import Domain
import JSON
import Ledger
import Storage

extension Marketplace {
    /// Enters what the bank said of the payouts of a batch: all of it, or nothing and every item that can't be. What was
    /// entered before changes nothing.
    public func enterBankStatuses(
        _ statuses: [BankStatus], of batch: ID<PayoutBatch>, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> PayoutBatch {
        let known = try find(batch, in: db)
        var errors: [FieldError] = []
        var enteredCount = 0
        for (index, status) in statuses.enumerated() {
            let place = JSONPointer.root.appending("statuses").appending(index)
            guard let payout = try Payouts.find(status.payout, in: db), payout.batch == batch else {
                errors.append(FieldError(place.appending("end_to_end_id"), "is not in this batch"))
                continue
            }
            do {
                if try enter(status, of: payout, by: admin, at: now, in: db) { enteredCount += 1 }
            } catch MarketError.wrongState(let sentence) {
                errors.append(FieldError(place.appending("status"), sentence))
            }
        }
        guard errors.isEmpty else { throw MarketError.invalid(errors) }
        if enteredCount > 0 {
            try AuditLog.append(
                actor: admin, action: "payout-batch.statuses-entered", subject: batch.text, detail: "\(enteredCount)", at: now,
                in: db)
        }
        return known
    }

    /// Enters one status with its entry in the books; false where it was entered before.
    ///
    /// - Throws: `MarketError.wrongState` where the payout is not in a state that leads there, or the bank said something
    ///   else under the same word before.
    func enter(
        _ status: BankStatus, of payout: Payout, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> Bool {
        if let before = try Payouts.bankStatus(status.word, of: payout.id, in: db) {
            guard before == status else {
                throw MarketError.wrongState("was entered before with another reason or fee")
            }
            return false
        }
        let id = payout.id.text
        switch (status.word, payout.status) {
        case (.accepted, .sent): break
        // It settled, so it was accepted.
        case (.accepted, .settled), (.accepted, .returned): return false
        case (.settled, .sent):
            try move(payout, to: .settled, from: .sent, at: now, in: db)
            let fee = status.fee > 0 ? Money(micros: status.fee, currency: payout.amount.currency) : nil
            try Books(db).post(Entries.payoutSettled(id, amount: payout.net, bankFee: fee, on: occasion(at: now)))
        case (.rejected, .sent):
            try move(payout, to: .failed, from: .sent, reason: status.reason, at: now, in: db)
            try Books(db).post(
                Entries.payoutFailed(
                    id, contributor: payout.contributor.text, amount: payout.amount, tax: payout.taxWithheld,
                    on: occasion(at: now)))
        case (.returned, .settled):
            try move(payout, to: .returned, from: .settled, reason: status.reason, at: now, in: db)
            try Books(db).post(
                Entries.payoutReturned(id, contributor: payout.contributor.text, amount: payout.net, on: occasion(at: now)))
        default:
            throw MarketError.wrongState(
                "can't be \(status.word.rawValue): the payout is \(payout.status.rawValue)\(Self.advice(status.word, payout))")
        }
        try Payouts.keep(status, by: admin, at: now, in: db)
        return true
    }

    private static func advice(_ word: BankStatus.Word, _ payout: Payout) -> String {
        switch (word, payout.status) {
        case (.returned, .sent): "; enter settled before, or rejected if the bank never carried it out"
        case (.rejected, .settled): "; enter returned if the money came back"
        default: ""
        }
    }
}
