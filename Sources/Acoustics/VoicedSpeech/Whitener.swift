import Foundation

/// Takes the ringing of the vocal tract out of a voiced stretch: what linear prediction of order 18 cannot foresee.
///
/// Noise is part of what is predicted, and a little more is added, so the filter does not raise bands in which there is
/// nothing but noise; in the end the highest octave is taken down.
struct Whitener: Sendable {
    private static let order = 18
    private static let hop = 320
    private static let length = 640
    /// White noise added, as a share of power: -15 dB.
    private static let noiseShare = 0.03

    private let window: [Float] = (0..<length).map { Float(0.5 - 0.5 * cos(2 * .pi * (Double($0) + 0.5) / Double(length))) }
    private var frame = [Float](repeating: 0, count: length + order)
    private var correlation = [Double](repeating: 0, count: order + 1)
    private var coefficients = [Double](repeating: 0, count: order + 1)
    private var predictor = [Float](repeating: 0, count: order + 1)

    init() {}

    /// The prediction error of a signal, of the same length.
    mutating func whiten(_ signal: [Float], into error: inout [Float]) {
        error.removeAll(keepingCapacity: true)
        var start = 0
        while start < signal.count {
            predict(signal, around: start + Self.hop / 2)
            let end = min(signal.count, start + Self.hop)
            filter(signal, start..<end, into: &error)
            start = end
        }
        soften(&error)
    }

    private func filter(_ signal: [Float], _ range: Range<Int>, into error: inout [Float]) {
        signal.withUnsafeBufferPointer { signal in
            predictor.withUnsafeBufferPointer { predictor in
                var index = range.lowerBound
                while index < range.upperBound {
                    guard index >= Self.order, index + 4 <= range.upperBound else {
                        var sum: Float = 0
                        for lag in 0...min(Self.order, index) { sum += predictor[lag] * signal[index - lag] }
                        error.append(sum)
                        index += 1
                        continue
                    }
                    var sum = SIMD4<Float>.zero
                    let here = UnsafeRawPointer(signal.baseAddress! + index)
                    for lag in 0...Self.order {
                        sum += predictor[lag] * here.loadUnaligned(fromByteOffset: -4 * lag, as: SIMD4<Float>.self)
                    }
                    for lane in 0..<4 { error.append(sum[lane]) }
                    index += 4
                }
            }
        }
    }

    /// Binomial weights 1, 4, 6, 4, 1.
    private func soften(_ signal: inout [Float]) {
        guard signal.count > 4 else { return }
        var (a, b, c, d) = (signal[0], signal[0], signal[0], signal[1])
        for index in signal.indices {
            let e = signal[min(signal.count - 1, index + 2)]
            signal[index] = (a + 4 * b + 6 * c + 4 * d + e) / 16
            (a, b, c, d) = (b, c, d, e)
        }
    }

    private mutating func predict(_ signal: [Float], around centre: Int) {
        let first = max(0, min(centre - Self.length / 2, signal.count - Self.length))
        correlation.removeAll(keepingCapacity: true)
        frame.withUnsafeMutableBufferPointer { frame in
            for index in 0..<Self.length {
                frame[index] = first + index < signal.count ? window[index] * signal[first + index] : 0
            }
            // Behind the frame there are zeros.
            InnerProduct.append(
                of: frame.baseAddress!, count: Self.length, with: frame.baseAddress!, lags: Self.order + 1, to: &correlation)
        }
        correlation[0] *= 1 + Self.noiseShare
        let isPredictable = Levinson.solve(&correlation, into: &coefficients)
        for lag in 0...Self.order { predictor[lag] = isPredictable ? Float(coefficients[lag]) : (lag == 0 ? 1 : 0) }
    }
}
