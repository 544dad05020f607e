import Foundation

/// The mean square of every 10 ms, full scale 1, without what lies under 20 Hz (a high-pass of first order). The definition is this
/// program's own.
struct LevelContour: Sendable {
    static let framesPerSecond = 100

    private let sampleRateHz: Int
    private let retention: Double
    private var meanSquares: [Float] = []
    private var x1 = 0.0
    private var y1 = 0.0
    private var sum = 0.0
    private var isZero = true
    private var inFrame = 0
    private var frameLength: Int

    init(sampleRateHz: Int) {
        self.sampleRateHz = sampleRateHz
        retention = exp(-2 * .pi * 20 / Double(sampleRateHz))
        frameLength = sampleRateHz / Self.framesPerSecond
    }

    mutating func append(_ samples: UnsafeBufferPointer<Float>) {
        for sample in samples {
            let x = Double(sample)
            y1 = x - x1 + retention * y1
            x1 = x
            sum += y1 * y1
            isZero = isZero && sample == 0
            inFrame += 1
            if inFrame == frameLength { endFrame() }
        }
    }

    /// One value a frame, exactly 0 for digital silence; what does not fill half a frame is left out.
    mutating func finish() -> [Float] {
        if inFrame * 2 >= frameLength { endFrame() }
        return meanSquares
    }

    private mutating func endFrame() {
        meanSquares.append(isZero ? 0 : Float(sum / Double(inFrame)))
        sum = 0
        isZero = true
        inFrame = 0
        // Frames of 441 and 220.5 samples: the n-th border stands at n rate / 100.
        let index = meanSquares.count
        let per = Self.framesPerSecond
        frameLength = (index + 1) * sampleRateHz / per - index * sampleRateHz / per
    }
}
