import Domain
import Foundation
import Logging
import Market
import Storage
import Synchronization

/// A thread that looks at what the workers do: it holds their leases, and decides files that a worker can't be called back from.
extension WorkerPool {
    func watch() {
        while !isStopping {
            decideOverdue()
            renewLeases()
            waitForStop(seconds: limits.watchSeconds)
        }
        leave()
    }

    /// The worker stays with its file until the decoder returns, and its result comes too late then.
    private func decideOverdue() {
        for job in state.withLock({ $0.inHand.overdue() }) {
            logger.error("a worker does not come back from a file", metadata: ["job": "\(job.id)", "subject": "\(job.subject)"])
            reject(job, .tooSlow)
        }
    }

    private func renewLeases() {
        let jobs = state.withLock { $0.inHand.toRenew(after: .seconds(limits.renewalSeconds), at: .now) }
        for job in jobs {
            do {
                try marketplace.store.write { db in
                    try marketplace.renewLease(of: job, seconds: limits.leaseSeconds, at: marketplace.now, in: db)
                }
            } catch {
                // It may have ended meanwhile; where the disk is full, the lease may run out, and the result comes too late.
                logger.notice("a lease was not renewed", metadata: ["job": "\(job.id)", "error": "\(error)"])
            }
        }
    }

    private func waitForStop(seconds: Double) {
        let deadline = Date(timeIntervalSinceNow: seconds)
        condition.withLock {
            while !isStopping {
                if !condition.wait(until: deadline) { return }
            }
        }
    }
}
