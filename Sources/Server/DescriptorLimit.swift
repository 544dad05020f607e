import Glibc

/// How many descriptors the system lets the process have (getrlimit(2), RLIMIT_NOFILE).
enum DescriptorLimit {
    /// Descriptors that connections leave to the database, to files and to the loops; half of them where there are few.
    static let reserve = 256

    /// Connections that the process may hold, with as many descriptors as it may ask for.
    static func connectionCountMax() -> Int {
        let limit = raise()
        return max(1, limit - min(reserve, limit / 2))
    }

    /// Asks for all that the process may have, and answers how many that are.
    private static func raise() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return reserve * 2 }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
        guard getrlimit(resource, &limit) == 0 else { return reserve * 2 }
        return Int(clamping: limit.rlim_cur)
    }
}
