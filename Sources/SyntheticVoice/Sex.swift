/// What the size of larynx and vocal tract follows.
public enum Sex: String, Sendable, CaseIterable {
    case female, male
}
