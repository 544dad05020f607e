/// What the long frames tell about the voice, one value a long frame. NaN marks a frame without the value.
struct VoicedContours: Sendable {
    /// Semitones over 27.5 Hz; NaN marks unvoiced frames.
    var f0Semitones: [Float] = []
    var jitter: [Float] = []
    var shimmerDecibels: [Float] = []
    var hnrDecibels: [Float] = []
    var h1OverH2Decibels: [Float] = []
    var h1OverA3Decibels: [Float] = []
    /// F1…F3.
    var formantHz: [[Float]] = Array(repeating: [], count: 3)
    var formantBandwidthHz: [[Float]] = Array(repeating: [], count: 3)
    var formantDecibels: [[Float]] = Array(repeating: [], count: 3)

    var count: Int { f0Semitones.count }

    mutating func appendUnvoiced() {
        for path in Self.single { self[keyPath: path].append(.nan) }
        for index in 0..<3 {
            formantHz[index].append(.nan)
            formantBandwidthHz[index].append(.nan)
            formantDecibels[index].append(.nan)
        }
    }

    private static var single: [WritableKeyPath<VoicedContours, [Float]>] {
        [\.f0Semitones, \.jitter, \.shimmerDecibels, \.hnrDecibels, \.h1OverH2Decibels, \.h1OverA3Decibels]
    }
}
