/// How one speaks to somebody.
public enum Register: String, CaseIterable, Sendable {
    case doctor, friend, boss, child, stranger, official, customer
}
