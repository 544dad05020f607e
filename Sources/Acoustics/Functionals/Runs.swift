/// The lengths of unbroken runs of one voicing.
struct Runs: Sendable {
    /// In seconds.
    private(set) var voicedSeconds: [Float] = []
    private(set) var unvoicedSeconds: [Float] = []

    init(_ isVoiced: [Bool]) {
        var start = 0
        for index in isVoiced.indices where index + 1 == isVoiced.count || isVoiced[index + 1] != isVoiced[index] {
            let seconds = Float(index + 1 - start) * FrameGrid.hopSeconds
            isVoiced[index] ? voicedSeconds.append(seconds) : unvoicedSeconds.append(seconds)
            start = index + 1
        }
    }
}
