import HTTP
import JSON

/// Requests that come again, with the same body or another, and processes that end.
extension Operation {
    static let repetitions = [
        Operation("repeat", 60) { sim in
            guard !sim.answered.isEmpty else { return }
            let recent = sim.chance.happens(600) ? max(0, sim.answered.count - 20) : 0
            let (ask, status, body) = sim.answered[sim.chance.int(recent...sim.answered.count - 1)]
            let fault = sim.armPerhaps()
            var response = sim.machine.send(ask)
            if let fault { response = try sim.recover("repeat", response, from: fault) { sim.machine.send(ask) } }
            sim.note("repeat \(ask.method) \(ask.target) → \(response.status)")
            guard response.status == status, response.bytes == body else {
                throw sim.differ(
                    "\(ask.method) \(ask.target) came again: \(response.status) \(response.json), not the first answer")
            }
            try sim.compareBalances()
            try sim.afterAnEnd()
        },
        Operation("reuse key", 10) { sim in
            guard let (first, _, _) = sim.chance.pick(sim.answered) else { return }
            var ask = first
            ask.body = ask.body.isEmpty ? [] : ask.body + [0x20]
            if ask.body.isEmpty { ask.target += "?" }
            try sim.perform("reuse key", ask, expecting: .refused(422))
            try sim.compareBalances()
        },
        Operation("burst", 20) { sim in try sim.burst() },
        Operation("end in order", 1) { sim in try sim.restart(nil) },
        Operation("kill", 2) { sim in try sim.restart(.killed) },
        Operation("lose power", 2) { sim in try sim.restart(.powerLost(seed: sim.chance.next())) },
    ]
}
