import JSON

/// A request that is drawn but not yet sent, so that it can be sent alone or together with others.
struct Draft {
    var ask: Machine.Ask
    /// What the model expects at the moment at which the request is carried out.
    let verdict: (Simulation) -> Simulation.Verdict
    /// What else must hold of the answer.
    let check: (Simulation, JSON) throws -> Void

    init(
        _ ask: Machine.Ask, check: @escaping (Simulation, JSON) throws -> Void = { _, _ in },
        verdict: @escaping (Simulation) -> Simulation.Verdict
    ) {
        self.ask = ask
        self.check = check
        self.verdict = verdict
    }
}
