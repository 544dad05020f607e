import Domain
import JSON
import Storage

extension Marketplace {
    /// Withdraws a recording: out of the catalogue and of new snapshots at once, with a tombstone in the signed feed.
    /// Withdrawing again changes nothing. What was paid stays paid;
    /// what is still being analysed will not be paid.
    public func withdrawRecording(
        _ id: ID<Recording>, by contributor: ID<Contributor>, at now: Timestamp, in db: Connection
    ) throws -> Recording {
        guard var recording = try Recordings.find(id, in: db), recording.contributor == contributor else {
            throw MarketError.notFound("recording")
        }
        if recording.status == .withdrawn { return recording }
        if recording.status == .accepted, let milliseconds = recording.decision?.durationMilliseconds {
            try Targets.addAccepted(milliseconds: -milliseconds, to: recording.cell, in: db)
        }
        try Quotes.settle(id, of: recording.quote, in: db)
        try Recordings.withdraw(id, at: now, in: db)
        try revoke(recording, reason: "withdrawn", at: now, in: db)
        try announce("withdrawn", of: id, at: now, in: db)
        recording.status = .withdrawn
        recording.withdrawnAt = now
        return recording
    }

    private func revoke(_ recording: Recording, reason: String, at now: Timestamp, in db: Connection) throws {
        let id: ID<Revocation> = ids.make(at: now)
        let sequence = try Revocations.nextSequence(in: db)
        let document: JSON = [
            "sequence": .integer(sequence), "revocation": .string(id.text), "recording": .string(recording.id.text),
            "sha256": .string(recording.sha256), "reason": .string(reason), "revoked_at": .string(now.rfc3339),
        ]
        try Revocations.insert(
            Revocation(
                sequence: sequence, id: id, recording: recording.id, sha256: recording.sha256, reason: reason,
                revokedAt: now, jws: signer.sign(document, as: .revocation)),
            in: db)
    }
}
