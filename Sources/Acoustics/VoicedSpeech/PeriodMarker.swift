import Foundation

/// Marks every period of a voiced stretch by its waveform.
///
/// From the strongest point outwards the next period is where the waveform resembles the present one most. Then every mark
/// is moved to where the waveform resembles the mean of the periods around it: noise has little say in a mean, and no error
/// adds up. The period's amplitude is its share of that mean, which for a noiseless signal is the ratio of peak to peak.
struct PeriodMarker: Sendable {
    /// A period differs from the one expected by less than this factor.
    private static let factorMax = 1.2
    /// Marks to either side of which the mean is taken.
    private static let neighbours = 4
    private static let refinements = 2

    private var whitener = Whitener()
    private var signal: [Float] = []
    private var error: [Float] = []
    private var template: [Float] = []
    private var marks: [PeriodMark] = []
    private var places: [Double] = []
    /// Half of what is looked at around a mark.
    private var half = 0
    /// The waveforms around all marks, one behind the other, and whether they lie within the stretch.
    private var pieces: [Float] = []
    private var isWhole: [Bool] = []
    private let sincs = SincTable()
    private var scores: [Double] = []

    /// Marks in order. `period` gives the expected period in samples around a place.
    mutating func mark(_ samples: UnsafeBufferPointer<Float>, period: (Double) -> Double) -> [PeriodMark] {
        load(samples)
        marks.removeAll(keepingCapacity: true)
        // So far inside that a period to either side can be looked at.
        let inset = min(signal.count / 4, Int(period(0)))
        walk(from: strongest(signal.indices.dropFirst(inset).dropLast(inset)), period: period)
        whitener.whiten(signal, into: &error)
        swap(&signal, &error)
        guard let first = marks.first, let last = marks.last, marks.count > 1 else { return marks }
        let mean = (last.place - first.place) / Double(marks.count - 1)
        half = max(4, Int(mean / 2))
        centre()
        for _ in 0..<Self.refinements { refine() }
        weigh()
        return marks
    }

    private mutating func load(_ samples: UnsafeBufferPointer<Float>) {
        signal.removeAll(keepingCapacity: true)
        guard let first = samples.baseAddress, !samples.isEmpty else { return }
        signal.append(contentsOf: samples)
        let mean = Float(InnerProduct.sum(first, count: samples.count) / Double(samples.count))
        signal.withUnsafeMutableBufferPointer { signal in
            for index in signal.indices { signal[index] -= mean }
        }
    }

    private func strongest(_ range: Range<Int>) -> Int {
        var best = range.lowerBound
        for index in range where abs(signal[index]) > abs(signal[best]) { best = index }
        return best
    }

    private mutating func walk(from start: Int, period: (Double) -> Double) {
        guard signal.indices.contains(start) else { return }
        places.removeAll(keepingCapacity: true)
        places.append(Double(start))
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
        // A stretch that is two samples short of the period is as good.
        compare(at: centre - half, count: 2 * half & ~3, lags: lags, step: Int(direction))
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
        return place + direction * (Double(lags.lowerBound) + peak(best))
    }

    /// Fills `scores` with the normalised correlations of the stretch at `start` with those that many lags before it (`step` -1) or
    /// behind it (`step` 1).
    private mutating func compare(at start: Int, count: Int, lags: ClosedRange<Int>, step: Int) {
        scores.removeAll(keepingCapacity: true)
        signal.withUnsafeBufferPointer { signal in
            let here = signal.baseAddress! + start
            let first = here + (step > 0 ? lags.lowerBound : -lags.upperBound)
            InnerProduct.append(of: here, count: count, with: first, lags: lags.count, to: &scores)
            let energyHere = Double(InnerProduct.of(here, here, count: count))
            var energyThere = Double(InnerProduct.of(first, first, count: count))
            for index in scores.indices {
                scores[index] /= (energyHere * max(0, energyThere) + 1e-30).squareRoot()
                // One sample later one comes and one goes.
                let (come, gone) = (Double(first[index + count]), Double(first[index]))
                energyThere += come * come - gone * gone
            }
        }
        if step < 0 { scores.reverse() }
    }

    /// An index of `scores` moved to the top of the parabola through it and its neighbours.
    private func peak(_ index: Int) -> Double {
        guard index > 0, index < scores.count - 1 else { return Double(index) }
        let (left, here, right) = (scores[index - 1], scores[index], scores[index + 1])
        let bend = left - 2 * here + right
        return Double(index) + (bend < 0 ? 0.5 * (left - right) / bend : 0)
    }

    /// Moves all marks to where the mean of the periods around the middle one has its pulse.
    private mutating func centre() {
        cut()
        average(around: marks.count / 2)
        let best = template.indices.max { abs(template[$0]) < abs(template[$1]) } ?? half
        for index in marks.indices { marks[index].place += Double(best - half) }
    }

    /// Cuts out the waveform around every mark, then moves every mark to where the mean of those around it fits best.
    private mutating func refine() {
        cut()
        for index in marks.indices where isWhole[index] {
            average(around: index)
            marks[index].place += offset(around: marks[index].place)
        }
    }

    /// Each period's share of the mean of those around it.
    private mutating func weigh() {
        cut()
        for index in marks.indices where isWhole[index] {
            average(around: index)
            let (energy, product) = template.withUnsafeBufferPointer { template in
                pieces.withUnsafeBufferPointer { pieces in
                    let (mean, piece) = (template.baseAddress!, pieces.baseAddress! + index * template.count)
                    return (
                        InnerProduct.of(mean, mean, count: template.count), InnerProduct.of(mean, piece, count: template.count)
                    )
                }
            }
            marks[index].amplitude = energy > 0 ? Double(max(0, product / energy)) : 1
        }
    }

    private mutating func cut() {
        let length = 2 * half
        pieces.removeAll(keepingCapacity: true)
        pieces.append(contentsOf: repeatElement(0, count: marks.count * length))
        isWhole.removeAll(keepingCapacity: true)
        pieces.withUnsafeMutableBufferPointer { pieces in
            signal.withUnsafeBufferPointer { signal in
                for (index, mark) in marks.enumerated() {
                    let piece = UnsafeMutableBufferPointer(rebasing: pieces[index * length..<(index + 1) * length])
                    isWhole.append(sincs.shift(signal, to: mark.place - Double(half), into: piece))
                }
            }
        }
    }

    /// The mean waveform of the marks around one.
    private mutating func average(around index: Int) {
        let length = 2 * half
        let (first, last) = (max(0, index - Self.neighbours), min(marks.count - 1, index + Self.neighbours))
        if template.count != length {
            template.removeAll(keepingCapacity: true)
            template.append(contentsOf: repeatElement(0, count: length))
        }
        template.withUnsafeMutableBytes { template in
            pieces.withUnsafeBytes { pieces in
                let stride = MemoryLayout<Float>.stride
                var place = 0
                while place < length {
                    // The last eight cover some again; there are at least eight.
                    place = min(place, length - 8)
                    var sum = SIMD8<Float>.zero
                    for near in first...last {
                        sum += pieces.loadUnaligned(fromByteOffset: (near * length + place) * stride, as: SIMD8<Float>.self)
                    }
                    template.storeBytes(of: sum / Float(last - first + 1), toByteOffset: place * stride, as: SIMD8<Float>.self)
                    place += 8
                }
            }
        }
    }

    /// How far the signal around a place must be moved to look most like the template.
    private mutating func offset(around place: Double) -> Double {
        let reach = max(2, half / 6)
        let start = Int(place.rounded()) - half
        guard start - reach >= 0, start + reach + 2 * half < signal.count else { return 0 }
        scores.removeAll(keepingCapacity: true)
        signal.withUnsafeBufferPointer { signal in
            template.withUnsafeBufferPointer { template in
                InnerProduct.append(
                    of: template.baseAddress!, count: template.count, with: signal.baseAddress! + (start - reach),
                    lags: 2 * reach + 1, to: &scores)
            }
        }
        let best = scores.indices.max { scores[$0] < scores[$1] } ?? reach
        return place.rounded() - place + peak(best) - Double(reach)
    }
}
