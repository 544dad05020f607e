/// How a contour rises and falls between neighbouring extrema that differ by more than a tenth of its range. A slope is the
/// difference of two extrema over the time between them, in units of the contour a second (Eyben et al. 2016 take the mean and
/// the deviation of these; the tenth is this program's).
struct Slopes: Sendable {
    /// In units a second.
    private(set) var rising: [Float] = []
    private(set) var falling: [Float] = []
    /// Maxima that are not at an end.
    private(set) var peakCount = 0

    private struct Point {
        var index: Int
        var value: Float
    }

    /// Takes one value a frame; runs without a value (NaN) part the contour, and no slope crosses them.
    init(_ contour: [Float]) {
        let numbers = Contour.numbers(contour)
        guard let lowest = numbers.min(), let highest = numbers.max(), highest > lowest else { return }
        let threshold = 0.1 * (highest - lowest)
        var start = 0
        for index in 0...contour.count where index == contour.count || contour[index].isNaN {
            add(Self.extrema(contour, start..<index, threshold: threshold))
            start = index + 1
        }
    }

    private mutating func add(_ extrema: [Point]) {
        for (from, to) in zip(extrema, extrema.dropFirst()) {
            let slope = (to.value - from.value) / (Float(to.index - from.index) * FrameGrid.hopSeconds)
            slope > 0 ? rising.append(slope) : falling.append(slope)
        }
        for index in extrema.indices.dropFirst().dropLast() where extrema[index].value > extrema[index - 1].value {
            peakCount += 1
        }
    }

    /// Alternating lows and highs that differ by more than the threshold.
    private static func extrema(_ contour: [Float], _ range: Range<Int>, threshold: Float) -> [Point] {
        guard let first = range.first else { return [] }
        var low = Point(index: first, value: contour[first])
        var high = low
        var extrema: [Point] = []
        var isRising: Bool?
        for index in range.dropFirst() {
            let here = Point(index: index, value: contour[index])
            if here.value > high.value { high = here }
            if here.value < low.value { low = here }
            if isRising != false, high.value - here.value > threshold {
                extrema.append(high)
                isRising = false
                low = here
            } else if isRising != true, here.value - low.value > threshold {
                extrema.append(low)
                isRising = true
                high = here
            }
        }
        if let isRising { extrema.append(isRising ? high : low) }
        return extrema
    }
}
