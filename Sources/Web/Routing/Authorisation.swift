import Domain

/// Who may use a route. There is no default: a route can't be made without saying it.
public enum Authorisation: Sendable, Hashable {
    /// Nobody is asked; a key that is sent is not looked at.
    case anyone
    /// Whoever has a valid key.
    case anyKey
    /// Only these roles.
    case roles(Set<Role>)

    public static let contributor = Authorisation.roles([.contributor])
    public static let buyer = Authorisation.roles([.buyer])
    public static let admin = Authorisation.roles([.admin])

    /// Whether a principal may pass.
    func allows(_ role: Role) -> Bool {
        switch self {
        case .anyone, .anyKey: true
        case .roles(let roles): roles.contains(role)
        }
    }
}
