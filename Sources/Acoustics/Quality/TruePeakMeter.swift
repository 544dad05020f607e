import Foundation

/// The highest peak of the signal between its samples, by fourfold oversampling (ITU-R BS.1770-4, annex 2).
///
/// No interpolated value exceeds the largest sample around it times the sum of the filter's magnitudes, so stretches that
/// cannot hold a new peak are passed over; the result is the same.
struct TruePeakMeter: Sendable {
    private static let tapCount = 16
    private static let phases: [[Float]] = (1...3).map { phase in
        (0..<tapCount).map { tap in
            let distance = Double(tap) - Double(tapCount / 2 - 1) - Double(phase) / 4
            let window = 0.5 + 0.5 * cos(.pi * distance / (Double(tapCount) / 2 + 0.5))
            return Float(window * sin(.pi * distance) / (.pi * distance))
        }
    }
    /// With room for what sums are rounded by.
    private static let gainMax = 1.000_001 * phases.map { $0.reduce(0) { $0 + abs($1) } }.max()!

    private var peak: Float = 0
    /// The last samples of the block before, then the block.
    private var line = [Float](repeating: 0, count: tapCount - 1)
    private var interpolated: [Double] = []

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        line.append(contentsOf: samples)
        search()
        line.removeFirst(line.count - (Self.tapCount - 1))
    }

    /// In decibels over full scale; nil for digital silence.
    mutating func finish() -> Double? {
        line.append(contentsOf: repeatElement(0, count: Self.tapCount))
        search()
        return peak > 0 ? 20 * log10(Double(peak)) : nil
    }

    private mutating func search() {
        let chunk = 64
        line.withUnsafeBufferPointer { line in
            var start = 0
            while start + Self.tapCount <= line.count {
                let end = min(line.count, start + chunk + Self.tapCount - 1)
                let (lowest, highest) = UnsafeBufferPointer(rebasing: line[start..<end]).outermost
                let magnitude = max(highest, -lowest)
                peak = max(peak, magnitude)
                if magnitude * Self.gainMax > peak { interpolate(line, from: start, to: end) }
                start += chunk
            }
        }
    }

    private mutating func interpolate(_ line: UnsafeBufferPointer<Float>, from start: Int, to end: Int) {
        for taps in Self.phases {
            interpolated.removeAll(keepingCapacity: true)
            taps.withUnsafeBufferPointer { taps in
                InnerProduct.append(
                    of: taps.baseAddress!, count: Self.tapCount, with: line.baseAddress! + start,
                    lags: end - start - Self.tapCount + 1, to: &interpolated)
            }
            for value in interpolated { peak = max(peak, Float(abs(value))) }
        }
    }
}
