import Foundation
import SyntheticVoice
import Testing

@Suite("A room")
struct RoomTests {
    private static func response(seed: UInt64) -> [Float] {
        let room = Room(reverberationSeconds: 0.3, directOverReverberantDecibels: 6, seed: seed)
        return room.heard([1] + [Float](repeating: 0, count: 6399))
    }

    private static func decibels(_ samples: ArraySlice<Float>) -> Double {
        10 * log10(samples.reduce(0.0) { $0 + Double($1) * Double($1) })
    }

    @Test("answers a click by the click and noise that falls by 60 dB in its time", arguments: [1 as UInt64, 2, 3])
    func decay(seed: UInt64) {
        let response = Self.response(seed: seed)
        #expect(response.count == 6400 && response[0] == 1)
        #expect(abs(Self.decibels(response[1...]) + 6) < 1e-3)
        // 0.1 s to 0.2 s: a third of the time, 20 dB.
        let fall = Self.decibels(response[1..<1600]) - Self.decibels(response[1601..<3200])
        #expect(abs(fall - 20) < 1)
        #expect(response[4800...].allSatisfy { $0 == 0 })
    }

    @Test("is the same for the same seed, and only for that")
    func seeds() {
        #expect(Self.response(seed: 4) == Self.response(seed: 4))
        #expect(Self.response(seed: 4) != Self.response(seed: 5))
    }
}
