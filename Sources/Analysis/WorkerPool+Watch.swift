import Domain
import Foundation
import Logging
import Market
import Storage
import Synchronization

/// A thread that looks at what the workers do: it holds their leases, calls them back from what nobody needs any more, and decides
/// files that a worker can't be called back from.
extension WorkerPool {
    func watch() {
        while !isStopping {
            decideOverdue()
            cancelUnneeded()
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

    /// A recording was withdrawn, a re-analysis cancelled, or somebody else has the job.
    func cancelUnneeded() {
        let jobs = state.withLock { $0.inHand.measured }
        guard !jobs.isEmpty else { return }
        do {
            let unneeded = try marketplace.store.read { db in try jobs.filter { try !marketplace.isNeeded($0, in: db) } }
            state.withLock { for job in unneeded { $0.inHand.cancel(job) } }
        } catch {
            logger.notice("it is not known what is still needed", metadata: ["error": "\(error)"])
        }
    }

    func renewLeases() {
        let jobs = state.withLock { $0.inHand.toRenew(after: .seconds(limits.renewalSeconds), at: .now) }
        for job in jobs {
            do {
                try marketplace.store.write { db in
                    try marketplace.renewLease(of: job, seconds: limits.leaseSeconds, at: marketplace.now, in: db)
                }
            } catch MarketError.leaseLost {
                state.withLock { $0.inHand.cancel(job) }
            } catch {
                // Where the disk is full, the lease may run out, and the result comes too late.
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
