import HTTP
import JSON

/// One thing that can happen. A new one is an entry in the table of its noun.
struct Operation: Sendable {
    let name: String
    /// How often it comes, beside the others.
    let weight: Int
    /// Draws what it needs and does nothing where there is none.
    let run: @Sendable (Simulation) throws -> Void
    /// The request alone, where the operation is one that can share a commit with others.
    let draft: (@Sendable (Simulation) -> Draft?)?

    init(_ name: String, _ weight: Int, _ run: @escaping @Sendable (Simulation) throws -> Void) {
        self.name = name
        self.weight = weight
        self.run = run
        draft = nil
    }

    /// - Parameter draft: draws a request that changes something in one transaction; nil where there is nothing to ask for.
    init(_ name: String, _ weight: Int, draft: @escaping @Sendable (Simulation) -> Draft?) {
        self.name = name
        self.weight = weight
        self.draft = draft
        run = { sim in
            guard let draft = draft(sim) else { return }
            let answer = try sim.perform(name, draft.ask, expecting: draft.verdict(sim))
            try draft.check(sim, answer)
        }
    }

    /// What a run begins with, by the number of the operation, so that there is somebody for the rest.
    static let opening: [Int: Operation] = {
        let names = [
            "sign up contributor", "sign up contributor", "sign up buyer", "grant", "grant", "scenario", "data set", "deposit",
        ]
        return Dictionary(
            uniqueKeysWithValues: names.enumerated().map { index, name in (index + 1, table.first { $0.name == name }!) })
    }()

    static let table = people + offers + recordings + analyses + sales + payouts + repetitions
}

extension Simulation {
    /// A request with a JSON body; most that may carry an idempotency key do.
    func ask(
        _ owner: String?, _ method: HTTP.Method, _ target: String, _ body: JSON? = nil, isKeyed: Bool = true
    ) -> Machine.Ask {
        var ask = Machine.Ask(key: owner.flatMap { keys[$0] }, method: method, target: target)
        ask.body = body?.bytes() ?? []
        if method == .post, isKeyed, chance.happens(850) { ask.idempotencyKey = newKey() }
        return ask
    }

    func anyPerson() -> String? { chance.pick(model.people.keys.sorted()) }
    func anyBuyer() -> String? { chance.pick(model.buyers.sorted()) }

    static func usd(_ micros: Int) -> JSON { ["amount": .string(Card.decimal(micros)), "currency": "USD"] }
}
