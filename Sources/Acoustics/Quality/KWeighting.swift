import Foundation

/// The two filters before a loudness measurement (ITU-R BS.1770-4, tables 1 and 2), for any sample rate.
///
/// The standard gives coefficients for 48 kHz and no prototypes. The frequencies, qualities and gains here are those of the known
/// analogue prototypes whose bilinear transform at 48 kHz gives the tables (De Man 2018, Evaluation of implementations of the EBU R128
/// loudness measurement, AES convention 145; libebur128 has the same).
struct KWeighting: Sendable {
    private var head: Biquad
    private var highPass: Biquad

    init(sampleRateHz: Int) {
        head = Self.head(rateHz: Double(sampleRateHz))
        highPass = Self.highPass(rateHz: Double(sampleRateHz))
    }

    @inline(__always)
    mutating func filter(_ x: Double) -> Double { highPass.filter(head.filter(x)) }

    /// A shelf of +4 dB over about 1.7 kHz: the sphere that a head is.
    private static func head(rateHz: Double) -> Biquad {
        let k = tan(Double.pi * min(1681.974450955533, 0.45 * rateHz) / rateHz)
        let q = 0.7071752369554196
        let high = pow(10, 3.999843853973347 / 20)
        let middle = pow(high, 0.4996667741545416)
        let a0 = 1 + k / q + k * k
        return Biquad(
            b0: (high + middle * k / q + k * k) / a0, b1: 2 * (k * k - high) / a0,
            b2: (high - middle * k / q + k * k) / a0, a1: 2 * (k * k - 1) / a0, a2: (1 - k / q + k * k) / a0)
    }

    private static func highPass(rateHz: Double) -> Biquad {
        let k = tan(Double.pi * 38.13547087602444 / rateHz)
        let q = 0.5003270373238773
        let a0 = 1 + k / q + k * k
        return Biquad(b0: 1, b1: -2, b2: 1, a1: 2 * (k * k - 1) / a0, a2: (1 - k / q + k * k) / a0)
    }
}
