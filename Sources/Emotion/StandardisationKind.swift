/// Against what a value is high or low.
public enum StandardisationKind: String, Sendable, CaseIterable {
    /// Against all speakers of the training data: all that a server can do for a speaker's first clip.
    case global
    /// Against the speaker's other clips, whose labels nobody needs to know. Needs several different clips of everybody.
    case speaker
    /// As a server meets a speaker: clip after clip, each against the clips before it as far as there are enough, and
    /// against all speakers until then.
    case earlier
}
