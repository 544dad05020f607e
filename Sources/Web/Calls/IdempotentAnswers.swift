import HTTP
import Synchronization

/// Gives a repeated request its first answer.
///
/// An answer is remembered by whoever does the work, in the same database transaction as the effect, from `Call.claim`;
/// here it is only found again, and two requests with one key are kept from running at the same time.
public final class IdempotentAnswers: Sendable {
    /// A remembered answer and the claim it was given to.
    public struct Stored: Sendable {
        public var claim: IdempotencyClaim
        public var response: Response

        public init(claim: IdempotencyClaim, response: Response) {
            self.claim = claim
            self.response = response
        }
    }

    private struct Slot: Hashable {
        var principal: String
        var key: String
    }

    private let find: @Sendable (_ principal: String, _ key: String) throws -> Stored?
    private let running = Mutex<Set<Slot>>([])

    /// - Parameter find: looks a remembered answer up.
    public init(_ find: @escaping @Sendable (_ principal: String, _ key: String) throws -> Stored?) { self.find = find }

    /// The remembered answer, or else what the work answers.
    /// - Throws: 409 while the first request runs, 422 where the key was used for another request, and what the work throws.
    public func answer(_ claim: IdempotencyClaim, work: () throws -> Response) throws -> Response {
        let slot = Slot(principal: claim.principal, key: claim.key)
        guard running.withLock({ $0.insert(slot).inserted }) else { throw Problem(.idempotencyKeyInUse) }
        defer { running.withLock { _ = $0.remove(slot) } }
        guard let stored = try find(claim.principal, claim.key) else { return try work() }
        guard stored.claim == claim else {
            throw Problem(.idempotencyKeyReused, "The key was used for \(stored.claim.operation) with this or another body.")
        }
        var response = stored.response
        response.fields["Idempotency-Replayed"] = "true"
        return response
    }
}
