/// Why a connection was closed as it came.
public enum ConnectionRefusal: String, Sendable, CaseIterable {
    /// The process has as many as it may have.
    case process
    /// Its address has as many as it may have.
    case address
    /// The system had no descriptor for it.
    case descriptors
}
