import Server
import TestSupport
import Testing

@Suite struct TimerWheelTests {
    /// What the wheel promises, kept by a look at everybody.
    private struct Model {
        var dueByKey: [Int: Int] = [:]

        mutating func put(_ key: Int, at wanted: Int, now: Int) {
            let due = max(now + 1, min(now + TimerWheel.slotCount - 1, wanted))
            dueByKey[key] = min(due, dueByKey[key] ?? .max)
        }

        mutating func due(at tick: Int) -> [Int] {
            let keys = dueByKey.filter { $0.value == tick }.keys.sorted()
            for key in keys { dueByKey[key] = nil }
            return keys
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `each key is due once, at the earliest tick that was asked for, whatever comes and goes`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var wheel = TimerWheel()
        var model = Model()
        for _ in 0..<20_000 {
            let key = Int.random(in: 0..<200, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let wanted = wheel.tick + Int.random(in: -5..<TimerWheel.slotCount * 2, using: &random)
                wheel.put(key, at: wanted)
                model.put(key, at: wanted, now: wheel.tick)
            case 5..<7:
                wheel.remove(key)
                model.dueByKey[key] = nil
            default:
                let due = wheel.advance().map(Int.init).sorted()
                #expect(due == model.due(at: wheel.tick))
            }
        }
    }
}
