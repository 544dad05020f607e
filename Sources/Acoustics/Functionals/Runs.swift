/// The lengths in seconds of unbroken runs of one voicing: the number of frames times 10 ms (Eyben et al. 2016, continuous voiced
/// and unvoiced regions).
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
