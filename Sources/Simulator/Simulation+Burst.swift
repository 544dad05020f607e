import Foundation
import HTTP
import Market
import Storage
import Synchronization

/// Requests that come while the writer is busy, so that they share the next commit.
extension Simulation {
    /// Draws some requests and sends them together. The order in which they queue is drawn, too, so that the model can carry
    /// them out one after the other.
    func burst() throws {
        let drawn = Operation.table.compactMap { operation in operation.draft.map { (operation, $0) } }
        let drafts = (0...chance.int(1...6)).compactMap { _ -> (name: String, draft: Draft)? in
            let (operation, draw) = drawn[chance.int(0...drawn.count - 1)]
            guard var draft = draw(self) else { return nil }
            // Without a key nobody could tell after a failed commit what has happened.
            draft.ask.idempotencyKey = newKey()
            return (operation.name, draft)
        }
        let fault = chance.happens(150) ? chance.pick([Machine.Fault.full, .error, .death, .unsynced]) : nil
        let countdown = 1 + chance.skewed(fault == .unsynced ? 1 : 80)
        let first = sendTogether(drafts.map(\.draft.ask)) {
            if let fault { self.machine.arm(fault, countdown: countdown) }
        }
        note("burst of \(drafts.count)")
        count("burst")
        var responses: [Response?] = first
        if let fault, machine.disarm() {
            count("fault: \(fault) in a burst")
            responses = try recover(first, from: fault)
        }
        for ((name, draft), response) in zip(drafts, responses) {
            let answer = response ?? machine.send(draft.ask)
            try draft.check(self, try judge(name, draft.ask, answer, draft.verdict(self)))
        }
        try compareBalances()
        try afterAnEnd()
    }

    /// After a failed commit nobody was told of success. What was not refused before is asked for again, in order.
    private func recover(_ responses: [Response], from fault: Machine.Fault) throws -> [Response?] {
        guard responses.contains(where: { $0.status >= 500 }) else {
            if fault.isDeath || machine.isBroken { try endNow() }
            return responses
        }
        if let told = responses.first(where: { $0.status < 300 }) {
            throw differ("a commit failed under \(fault), but \(told.status) was answered to one of its requests")
        }
        if fault.isDeath || machine.isBroken { try endNow() } else { try compareBalances() }
        return responses.map { $0.status >= 500 ? nil : $0 }
    }

    /// Holds the writer with an empty change until all requests wait behind it, one after the other.
    private func sendTogether(_ asks: [Machine.Ask], beforeTheirCommit: () -> Void) -> [Response] {
        let answers = Answers(count: asks.count)
        let threads = DispatchGroup()
        let store = machine.market.store
        try? store.write { _ in
            for (index, ask) in asks.enumerated() {
                let waiting = store.waitingChangeCount
                threads.enter()
                let sending = machine.sending(ask)
                Thread {
                    answers.set(sending(), at: index)
                    threads.leave()
                }.start()
                while store.waitingChangeCount == waiting, !answers.has(index) { sched_yield() }
            }
            beforeTheirCommit()
        }
        threads.wait()
        return answers.all
    }

    /// Answers as threads give them.
    private final class Answers: Sendable {
        private let responses: Mutex<[Response?]>

        init(count: Int) { responses = Mutex(Array(repeating: nil, count: count)) }

        func set(_ response: Response, at index: Int) { responses.withLock { $0[index] = response } }
        func has(_ index: Int) -> Bool { responses.withLock { $0[index] != nil } }
        var all: [Response] { responses.withLock { $0.map { $0! } } }
    }
}
