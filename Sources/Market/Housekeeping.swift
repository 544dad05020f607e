import Domain
import Storage

extension Marketplace {
    /// What the program does by itself every minute: premiums that ran out, sessions that were left open, bounties whose last
    /// promise has ended, and once a night the pay floor. Each may be done again without harm.
    public func keepHouse(at now: Timestamp) throws {
        try store.write { db in
            try renewPremiums(at: now, in: db)
            try endIdleSessions(at: now, in: db)
            try releaseBounties(at: now, in: db)
        }
        try runFloorNightly(at: now)
    }
}
