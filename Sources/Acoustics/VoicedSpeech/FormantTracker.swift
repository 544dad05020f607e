import Foundation

/// Chooses F1…F3 among the resonances of consecutive frames: narrow, near where a formant usually is, and without jumps
/// (Viterbi over all rising choices of three, after Talkin 1987, J. Acoust. Soc. Am. 82(S1), S55). The costs are this program's own.
struct FormantTracker: Sendable {
    /// In Hz; this program's own.
    private static let usualHz = SIMD4<Float>(550, 1600, 2650, 0)
    /// A formant that jumps by an octave costs as much as one that lies 1 kHz off.
    private static let jumpCost: Float = 1
    private static let choices: [[SIMD4<Int>]] = (0...Resonances.countMax).map(Self.choices)

    private var costs: [Float] = []
    private var nextCosts: [Float] = []
    private var octaves: [SIMD4<Float>] = []
    private var nextOctaves: [SIMD4<Float>] = []
    private var origins: [Int8] = []
    private static let statesMax = 10

    init() {}

    /// For every frame which resonances are F1, F2, F3; nil for frames with fewer than three.
    mutating func track(_ frames: [Resonances], into chosen: inout [SIMD4<Int>?]) {
        chosen.removeAll(keepingCapacity: true)
        origins.removeAll(keepingCapacity: true)
        costs.removeAll(keepingCapacity: true)
        octaves.removeAll(keepingCapacity: true)
        for frame in frames { extend(frame) }
        follow(frames, into: &chosen)
    }

    /// Frames with fewer than three resonances are passed over: they have no states.
    private mutating func extend(_ frame: Resonances) {
        let choices = Self.choices[frame.count]
        let row = origins.count
        origins.append(contentsOf: repeatElement(0, count: Self.statesMax))
        guard !choices.isEmpty else { return }
        nextCosts.removeAll(keepingCapacity: true)
        nextOctaves.removeAll(keepingCapacity: true)
        let frameOctaves = frame.hz.log2
        for (state, choice) in choices.enumerated() {
            let hz = SIMD4(frame.hz[choice.x], frame.hz[choice.y], frame.hz[choice.z], 1)
            let width = SIMD4(frame.bandwidthHz[choice.x], frame.bandwidthHz[choice.y], frame.bandwidthHz[choice.z], 0)
            let octave = SIMD4(frameOctaves[choice.x], frameOctaves[choice.y], frameOctaves[choice.z], 0)
            var local = abs3(hz - Self.usualHz) / 1000
            local += abs3(width / hz)
            let (origin, cost) = best(to: octave)
            origins[row + state] = Int8(origin)
            nextCosts.append(local + cost)
            nextOctaves.append(octave)
        }
        swap(&costs, &nextCosts)
        swap(&octaves, &nextOctaves)
    }

    private func best(to octave: SIMD4<Float>) -> (origin: Int, cost: Float) {
        guard !costs.isEmpty else { return (0, 0) }
        var best = (origin: 0, cost: Float.infinity)
        for state in costs.indices {
            let cost = costs[state] + Self.jumpCost * abs3(octaves[state] - octave)
            if cost < best.cost { best = (state, cost) }
        }
        return best
    }

    private mutating func follow(_ frames: [Resonances], into chosen: inout [SIMD4<Int>?]) {
        chosen.append(contentsOf: repeatElement(nil, count: frames.count))
        guard let cheapest = costs.min(), var state = costs.firstIndex(of: cheapest) else { return }
        for index in frames.indices.reversed() where frames[index].count >= 3 {
            chosen[index] = Self.choices[frames[index].count][state]
            state = Int(origins[index * Self.statesMax + state])
        }
    }

    @inline(__always)
    private func abs3(_ values: SIMD4<Float>) -> Float { abs(values.x) + abs(values.y) + abs(values.z) }

    private static func choices(of count: Int) -> [SIMD4<Int>] {
        (0..<count).flatMap { a in
            (a + 1..<max(a + 1, count)).flatMap { b in (b + 1..<max(b + 1, count)).map { SIMD4(a, b, $0, 0) } }
        }
    }
}
