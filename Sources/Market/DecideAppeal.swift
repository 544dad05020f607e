import Domain
import JSON
import Storage

extension Marketplace {
    /// Decides an open appeal by hand.
    ///
    /// - Parameters:
    ///   - grade: what it is paid at; the grade of the appeal's rules for nil.
    ///   - reasons: plain sentences; a refusal needs one.
    public func decideAppeal(
        _ id: ID<Appeal>, isGranted: Bool, grade: Grade?, reasons: [String], by admin: String, at now: Timestamp,
        in db: Connection
    ) throws -> Appeal {
        guard let appeal = try Appeals.find(id, in: db) else { throw MarketError.notFound("appeal") }
        guard appeal.status == .open else {
            throw MarketError.wrongState("The appeal is \(appeal.status.rawValue) already; it is decided once.")
        }
        guard isGranted || !reasons.isEmpty else {
            throw MarketError.invalid("/reasons", "must say why the appeal is refused")
        }
        return try settle(
            appeal, isGranted: isGranted, grade: grade ?? appeal.rules.grade, reasons: reasons, by: admin, at: now, in: db)
    }

    /// Decides an appeal as soon as so many reviewers as its rules name are of one mind.
    func countVerdicts(on recording: ID<Recording>, at now: Timestamp, in db: Connection) throws {
        guard let appeal = try Appeals.find(of: recording, in: db), appeal.status == .open else { return }
        let verdicts = try Reviews.judgements(of: recording, kind: .appeal, in: db)
        let against = verdicts.filter { !$0.isUsable }
        if verdicts.count - against.count >= appeal.rules.verdicts {
            try settle(appeal, isGranted: true, grade: appeal.rules.grade, reasons: [], by: nil, at: now, in: db)
        } else if against.count >= appeal.rules.verdicts {
            let codes = Set(against.flatMap(\.reasons).map(\.rawValue)).sorted()
            try settle(appeal, isGranted: false, grade: appeal.rules.grade, reasons: codes, by: nil, at: now, in: db)
        }
    }

    @discardableResult
    private func settle(
        _ appeal: Appeal, isGranted: Bool, grade: Grade, reasons: [String], by admin: String?, at now: Timestamp,
        in db: Connection
    ) throws -> Appeal {
        guard let recording = try Recordings.find(appeal.recording, in: db), recording.status == .rejected else {
            throw MarketError.wrongState("The recording is not rejected any more.")
        }
        if isGranted { try acceptOnAppeal(recording, grade: grade, at: now, in: db) }
        var decided = appeal
        decided.status = isGranted ? .granted : .refused
        let decision = Appeal.Decision(at: now, admin: admin, grade: isGranted ? grade : nil, reasons: reasons)
        decided.decision = decision
        try Appeals.decide(appeal.id, decided.status, decision, in: db)
        try AuditLog.append(
            actor: admin ?? "reviewers", action: "appeal.\(decided.status.rawValue)", subject: appeal.id.text,
            detail: ([appeal.recording.text] + (isGranted ? [grade.rawValue] : []) + reasons).joined(separator: " "), at: now,
            in: db)
        if !isGranted {
            try announce(
                "appeal-refused", ["status": "rejected", "reasons": .strings(reasons)], of: recording.id, at: now, in: db)
        }
        return decided
    }
}
