import Foundation

/// Jitter and shimmer of the periods within a long frame, for frames in order.
///
/// With the periods T(i) between successive marks and their amplitudes A(i):
/// - local jitter, a fraction: the mean of |T(i+1) - T(i)| over the mean of T(i);
/// - local shimmer, in decibels: the mean of |20 lg(A(i+1) / A(i))|.
///
/// As in Hillenbrand 1987 (Journal of Speech and Hearing Research 30, 448-461); how exact places must be: Titze, Horii and
/// Scherer 1987 (the same 30, 252-260).
struct PerturbationWindow {
    private static let reach = Double(FrameGrid.longLength) / 2
    private let marks: [PeriodMark]
    private var first = 0

    init(_ marks: [PeriodMark]) { self.marks = marks }

    /// Local jitter (a fraction) and local shimmer in decibels around a place in samples; NaN for fewer than two periods.
    mutating func measure(around centre: Double) -> (jitter: Float, shimmerDecibels: Float) {
        while first < marks.count, marks[first].place < centre - Self.reach { first += 1 }
        var last = first
        while last < marks.count, marks[last].place <= centre + Self.reach { last += 1 }
        guard last - first >= 3 else { return (.nan, .nan) }
        var difference = 0.0
        for index in first + 1..<last - 1 {
            difference += abs(marks[index + 1].place - 2 * marks[index].place + marks[index - 1].place)
        }
        let period = (marks[last - 1].place - marks[first].place) / Double(last - first - 1)
        let jitter = difference / Double(last - first - 2) / period
        return (Float(jitter), shimmer(first..<last))
    }

    /// The mean of the periods, in samples, around a place, from 15 ms before to 15 ms behind it and on to the next mark; nil
    /// where marks do not reach so far, or tell of a period that differs from the one expected by more than 4 %.
    func period(around centre: Double, expected: Double) -> Double? {
        let reach = Self.reach / 2
        guard first < marks.count else { return nil }
        var left = first
        while left + 1 < marks.count, marks[left + 1].place <= centre - reach { left += 1 }
        var right = left
        while right + 1 < marks.count, marks[right].place < centre + reach { right += 1 }
        guard right > left, marks[left].place <= centre - reach + expected, marks[right].place >= centre + reach - expected else {
            return nil
        }
        let period = (marks[right].place - marks[left].place) / Double(right - left)
        return abs(period / expected - 1) < 0.04 ? period : nil
    }

    private func shimmer(_ range: Range<Int>) -> Float {
        var sum = 0.0
        var count = 0
        for index in range.dropFirst() where marks[index].amplitude > 0 && marks[index - 1].amplitude > 0 {
            sum += abs(20 * log10(marks[index].amplitude / marks[index - 1].amplitude))
            count += 1
        }
        return count == 0 ? .nan : Float(sum / Double(count))
    }
}
