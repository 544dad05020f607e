/// Why a recording is decided without being measured, though its file may be sound.
struct Unmeasured: Sendable {
    /// In kebab case.
    let code: String
    /// What is wrong and what to do, for the speaker.
    let sentence: String
    /// What an admin sees of the job, which counts as failed then; nil where there is nothing to see to.
    var fault: String?

    static let tooSlow = Unmeasured(
        code: "too-slow-to-measure",
        sentence: "The file takes too long to measure; cut it into shorter recordings, or send it as WAV or FLAC.")

    /// - Parameter count: how often the process ended under it.
    static func stopsTheProgram(_ count: Int64) -> Unmeasured {
        Unmeasured(
            code: "stops-the-program",
            sentence: """
                Our program stopped \(count) times while it measured this file, which is our fault or the file's; send it as WAV or \
                FLAC, or appeal, and a person will look at it.
                """,
            fault: "the process ended \(count) times while the file was measured")
    }
}
