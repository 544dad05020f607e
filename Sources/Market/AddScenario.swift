import Domain
import Storage

extension Marketplace {
    /// Adds a scenario; its id and time are set here.
    public func addScenario(_ draft: Scenario, by admin: String, at now: Timestamp, in db: Connection) throws -> Scenario {
        var scenario = draft
        scenario.id = ids.make(at: now)
        scenario.createdAt = now
        try Scenarios.insert(scenario, in: db)
        try AuditLog.append(
            actor: admin, action: "scenario.added", subject: scenario.id.text, detail: scenario.title, at: now, in: db)
        return scenario
    }

    /// Sets the hours wanted of a cell.
    public func setTarget(
        _ cell: Cell, wantedSeconds: Int64, by admin: String, at now: Timestamp, in db: Connection
    ) throws -> Target {
        let target = try Targets.set(
            Target(id: ids.make(at: now), cell: cell, wantedSeconds: wantedSeconds, updatedAt: now), in: db)
        try AuditLog.append(
            actor: admin, action: "target.set", subject: target.id.text, detail: "\(wantedSeconds) s", at: now, in: db)
        try renewPremiums(at: now, in: db)
        return target
    }
}
