import Foundation

/// Marks every period of a voiced stretch by its waveform.
///
/// From the strongest point outwards the next period is where the waveform resembles the present one most. Then every mark
/// is moved to where the waveform resembles the mean of the periods around it: noise has little say in a mean, and no error
/// adds up. The period's amplitude is its share of that mean, which for a noiseless signal is the ratio of peak to peak.
struct PeriodMarker: Sendable {
    /// A period differs from the one expected by less than this factor.
    private static let factorMax = 1.25
    /// Marks to either side of which the mean is taken.
    private static let neighbours = 4
    private static let refinements = 2

    private var signal: [Float] = []
    private var template: [Float] = []
    private var marks: [PeriodMark] = []
    private var moved: [PeriodMark] = []
    private var scores: [Double] = []

    /// Marks in order. `period` gives the expected period in samples around a place.
    mutating func mark(_ samples: UnsafeBufferPointer<Float>, period: (Double) -> Double) -> [PeriodMark] {
        load(samples)
        marks.removeAll(keepingCapacity: true)
        walk(from: strongest(), period: period)
        for _ in 0..<Self.refinements { refine(period: period) }
        return marks
    }

    private mutating func load(_ samples: UnsafeBufferPointer<Float>) {
        signal.removeAll(keepingCapacity: true)
        var sum = 0.0
        for sample in samples { sum += Double(sample) }
        let mean = Float(sum / Double(max(1, samples.count)))
        for sample in samples { signal.append(sample - mean) }
    }

    private func strongest() -> Int {
        var best = 0
        for index in signal.indices where abs(signal[index]) > abs(signal[best]) { best = index }
        return best
    }

    private mutating func walk(from start: Int, period: (Double) -> Double) {
        guard signal.indices.contains(start) else { return }
        var places = [Double(start)]
        while let next = step(from: places[places.count - 1], direction: 1, period: period) { places.append(next) }
        places.reverse()
        while let next = step(from: places[places.count - 1], direction: -1, period: period) { places.append(next) }
        for place in places.reversed() { marks.append(PeriodMark(place: place, amplitude: 1)) }
    }

    /// The place one period on; nil where the stretch ends.
    private mutating func step(from place: Double, direction: Double, period: (Double) -> Double) -> Double? {
        let expected = period(place)
        let half = Int(expected * 0.5)
        let centre = Int(place.rounded())
        let lags = Int(expected / Self.factorMax)...Int((expected * Self.factorMax).rounded(.up))
        let reach = direction > 0 ? centre + lags.upperBound + half + 1 : centre - lags.upperBound - half - 1
        guard signal.indices.contains(reach), signal.indices.contains(centre - half),
            signal.indices.contains(centre + half), lags.lowerBound > 0
        else { return nil }
        scores.removeAll(keepingCapacity: true)
        for lag in lags { scores.append(similarity(centre - half, centre - half + Int(direction) * lag, 2 * half)) }
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
        return place + direction * (Double(lags.lowerBound) + peak(best))
    }

    private func similarity(_ a: Int, _ b: Int, _ count: Int) -> Double {
        signal.withUnsafeBufferPointer { signal in
            var (product, first, second) = (Float(0), Float(1e-20), Float(1e-20))
            for index in 0..<count {
                product += signal[a + index] * signal[b + index]
                first += signal[a + index] * signal[a + index]
                second += signal[b + index] * signal[b + index]
            }
            return Double(product / (first * second).squareRoot())
        }
    }

    /// An index of `scores` moved to the top of the parabola through it and its neighbours.
    private func peak(_ index: Int) -> Double {
        guard index > 0, index < scores.count - 1 else { return Double(index) }
        let (left, here, right) = (scores[index - 1], scores[index], scores[index + 1])
        let bend = left - 2 * here + right
        return Double(index) + (bend < 0 ? 0.5 * (left - right) / bend : 0)
    }

    private mutating func refine(period: (Double) -> Double) {
        moved.removeAll(keepingCapacity: true)
        for index in marks.indices { moved.append(aligned(index, period: period)) }
        swap(&marks, &moved)
    }

    private mutating func aligned(_ index: Int, period: (Double) -> Double) -> PeriodMark {
        let mark = marks[index]
        let expected = period(mark.place)
        let (before, after) = (Int(expected * 0.3), Int(expected * 0.6))
        let reach = max(2, Int(expected * 0.06))
        guard Int(mark.place) - before - reach - 2 >= 0, Int(mark.place) + after + reach + 3 < signal.count else { return mark }
        average(around: index, before: before, after: after)
        let energy = template.reduce(0) { $0 + Double($1) * Double($1) }
        guard energy > 0 else { return mark }
        let start = Int(mark.place.rounded()) - before
        scores.removeAll(keepingCapacity: true)
        for offset in -reach...reach { scores.append(product(start + offset)) }
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? reach
        let place = Double(start + before) + peak(best) - Double(reach)
        return PeriodMark(place: place, amplitude: max(0, scores[best] / energy))
    }

    private func product(_ start: Int) -> Double {
        signal.withUnsafeBufferPointer { signal in
            template.withUnsafeBufferPointer { template in
                var sum: Float = 0
                for index in template.indices { sum += template[index] * signal[start + index] }
                return Double(sum)
            }
        }
    }

    /// The mean waveform of the marks around one, from `before` to `after` samples.
    private mutating func average(around index: Int, before: Int, after: Int) {
        template.removeAll(keepingCapacity: true)
        template.append(contentsOf: repeatElement(0, count: before + after))
        for mark in marks[max(0, index - Self.neighbours)...min(marks.count - 1, index + Self.neighbours)] {
            let whole = Int(mark.place.rounded(.down))
            guard whole - before - 1 >= 0, whole + after + 2 < signal.count else { continue }
            let fraction = Float(mark.place - Double(whole))
            for offset in 0..<before + after {
                let at = whole - before + offset
                template[offset] += signal[at] + fraction * (signal[at + 1] - signal[at])
            }
        }
    }
}
