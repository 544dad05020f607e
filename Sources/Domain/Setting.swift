/// Where a recording is made.
public enum Setting: String, CaseIterable, Sendable {
    case quiet, street, car, crowd, phone
}
