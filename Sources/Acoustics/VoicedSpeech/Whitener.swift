import Foundation

/// Takes the ringing of the vocal tract out of a voiced stretch: what linear prediction of order 18 cannot foresee (the autocorrelation
/// method, Makhoul 1975, Proc. IEEE 63(4), 561-580). Order, noise and softening are this program's own.
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
    /// The prediction error before it is softened, with its first and its last value twice more.
    private var raw: [Float] = []

    init() {}

    /// The prediction error of a signal, of the same length.
    mutating func whiten(_ signal: [Float], into error: inout [Float]) {
        raw.removeAll(keepingCapacity: true)
        raw.append(contentsOf: repeatElement(0, count: signal.count + 4))
        var start = 0
        while start < signal.count {
            predict(signal, around: start + Self.hop / 2)
            let end = min(signal.count, start + Self.hop)
            filter(signal, start..<end)
            start = end
        }
        soften(into: &error)
    }

    /// Enters the prediction error of a range.
    private mutating func filter(_ signal: [Float], _ range: Range<Int>) {
        raw.withUnsafeMutableBufferPointer { raw in
            signal.withUnsafeBufferPointer { signal in
                predictor.withUnsafeBufferPointer { predictor in
                    let (source, target) = (UnsafeRawPointer(signal.baseAddress!), UnsafeMutableRawPointer(raw.baseAddress! + 2))
                    let stride = MemoryLayout<Float>.stride
                    var index = range.lowerBound
                    while index < range.upperBound {
                        guard index >= Self.order, index + 16 <= range.upperBound else {
                            var sum: Float = 0
                            for lag in 0...min(Self.order, index) { sum += predictor[lag] * signal[index - lag] }
                            raw[index + 2] = sum
                            index += 1
                            continue
                        }
                        // Sixteen side by side: each sum waits for itself.
                        var sums = SIMD16<Float>.zero
                        for lag in 0...Self.order {
                            let earlier = source.loadUnaligned(fromByteOffset: (index - lag) * stride, as: SIMD16<Float>.self)
                            sums += predictor[lag] * earlier
                        }
                        target.storeBytes(of: sums, toByteOffset: index * stride, as: SIMD16<Float>.self)
                        index += 16
                    }
                }
            }
        }
    }

    /// Binomial weights 1, 4, 6, 4, 1.
    private mutating func soften(into error: inout [Float]) {
        let count = raw.count - 4
        error.removeAll(keepingCapacity: true)
        error.append(contentsOf: raw[2..<2 + count])
        guard count > 4 else { return }
        let (first, last) = (error[0], error[count - 1])
        (raw[0], raw[1], raw[count + 2], raw[count + 3]) = (first, first, last, last)
        raw.withUnsafeBufferPointer { raw in
            error.withUnsafeMutableBufferPointer { error in
                for index in 0..<count {
                    let (near, far) = (raw[index + 1] + raw[index + 3], raw[index] + raw[index + 4])
                    error[index] = (far + 4 * near + 6 * raw[index + 2]) / 16
                }
            }
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
