/// One sample of sound.
enum Sample {
    /// Beyond 120 dB over full scale nothing is sound, and squares begin to overflow.
    private static let limit: Float = 1e6

    /// The sample, with 0 for NaN and infinity, and cut at ±10⁶.
    @inline(__always)
    static func sane(_ sample: Float) -> Float {
        guard sample.isFinite else { return 0 }
        return min(limit, max(-limit, sample))
    }
}
