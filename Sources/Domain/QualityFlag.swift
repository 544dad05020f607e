/// What stands out in a recording for a person to look at, told to its contributor as well. It decides no grade and is no
/// verdict: who can tell where a recording came from is not a program.
public enum QualityFlag: String, CaseIterable, Sendable {
    case rateNotReal = "rate-not-real"
    case digitalZeros = "digital-zeros"
    case channelsCancel = "channels-cancel"
    case truncatedData = "truncated-data"

    /// What was noticed and what to do about it.
    public var sentence: String {
        switch self {
        case .rateNotReal:
            """
            The spectrum breaks off far below what the sample rate could hold: the recording was made at a lower rate or went \
            through a coder. Send it as it was made; a higher rate adds nothing.
            """
        case .digitalZeros:
            """
            Parts of the recording are exact digital silence, which no microphone gives: turn noise gates off, and don't \
            replace pauses.
            """
        case .channelsCancel:
            """
            The channels work against each other, so that little is left when they are joined: record in mono, or correct the \
            microphone that has its poles exchanged.
            """
        case .truncatedData: "The file promises more than it holds: copy or export it again, and send the whole file."
        }
    }
}
