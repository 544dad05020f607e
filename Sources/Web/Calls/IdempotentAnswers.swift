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

        /// The answer again, said to be one that was given before.
        /// - Throws: 422 where the key was used for another request.
        public func replay(for claim: IdempotencyClaim) throws(Problem) -> Response {
            guard claim == self.claim else {
                throw Problem(.idempotencyKeyReused, "The key was used for \(self.claim.operation) with this or another body.")
            }
            var response = response
            response.fields["Idempotency-Replayed"] = "true"
            return response
        }
    }

    private struct Slot: Hashable {
        var principal: String
        var key: String
    }

    public typealias Find = @Sendable (_ principal: String, _ key: String) throws -> Stored?

    private let find: Find?
    private let running = Mutex<Set<Slot>>([])

    /// - Parameter find: looks a remembered answer up; nil where the work does, in the transaction that would have the effect,
    ///   which is the market's way: it saves a look for each request.
    public init(_ find: Find? = nil) { self.find = find }

    /// The remembered answer, or else what the work answers.
    /// - Throws: 409 while the first request runs, 422 where the key was used for another request, and what the work throws.
    public func answer(_ claim: IdempotencyClaim, work: () throws -> Response) throws -> Response {
        let slot = Slot(principal: claim.principal, key: claim.key)
        guard running.withLock({ $0.insert(slot).inserted }) else { throw Problem(.idempotencyKeyInUse) }
        defer { running.withLock { _ = $0.remove(slot) } }
        guard let stored = try find?(claim.principal, claim.key) else { return try work() }
        return try stored.replay(for: claim)
    }
}
