import Glibc

/// Sockets that listen already when the process starts, as systemd passes them (sd_listen_fds(3)).
public enum PassedSockets {
    /// The first descriptor behind standard error.
    public static let firstDescriptor: Int32 = 3
    /// More than any unit has, and few enough to be sure that the number is none of another meaning.
    private static let countMax: Int32 = 256
    /// Listeners of this name lead to https, and others of this name are plain where there are certificates.
    private static let serviceByName: [String: Listener.Service] = ["redirect": .redirect, "plain": .plain]

    /// What was passed; none where the variables are for another process or absent.
    ///
    /// - Parameters:
    ///   - environment: LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES count.
    ///   - other: what is spoken at network sockets whose name is neither `redirect` nor `plain`; Unix sockets are plain.
    public static func listeners(
        environment: [String: String], processID: Int32, firstDescriptor: Int32 = firstDescriptor,
        otherwise other: Listener.Service
    ) -> [Listener] {
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == processID,
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), (1...countMax).contains(count)
        else { return [] }
        let names = (environment["LISTEN_FDNAMES"] ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        return (0..<count).map { index in
            let name = names.indices.contains(Int(index)) ? names[Int(index)] : ""
            let descriptor = firstDescriptor + index
            let isUnix = SocketAddress(of: descriptor)?.isUnix == true
            return Listener(.passed(descriptor: descriptor), serviceByName[name] ?? (isUnix ? .plain : other))
        }
    }
}
