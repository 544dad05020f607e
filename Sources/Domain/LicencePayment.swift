/// How a buyer pays for a licence.
public enum LicencePayment: String, CaseIterable, Sendable {
    /// From funds deposited before.
    case prepaid
    /// Later, by an admin's leave.
    case receivable
}
