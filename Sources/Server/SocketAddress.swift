import Glibc

/// What `bind`, `getsockname` and `sendto` take and give.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private(set) var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// The longest path of a Unix socket; the array in `sockaddr_un` ends with a zero.
    static let pathByteCountMax = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
    private static let pathOffset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path)!

    /// Of a socket of this process; nil where the descriptor is none.
    init?(of descriptor: Int32) {
        var length = length
        let code = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard code == 0 else { return nil }
        self.length = length
    }

    /// A path, or a name of the abstract namespace where `text` begins with "@" and `mayBeAbstract`; nil where it is empty or too
    /// long.
    init?(unix text: String, mayBeAbstract: Bool = false) {
        var bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.pathByteCountMax, !bytes.contains(0) else { return nil }
        let isAbstract = mayBeAbstract && bytes[0] == UInt8(ascii: "@")
        if isAbstract { bytes[0] = 0 }
        storage.ss_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &storage) { buffer in
            UnsafeMutableRawBufferPointer(rebasing: buffer[Self.pathOffset...]).copyBytes(from: bytes)
        }
        // An abstract name has no zero behind it: its length says where it ends.
        length = socklen_t(Self.pathOffset + bytes.count + (isAbstract ? 0 : 1))
    }

    /// Calls `body` with what the system's calls take.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    var isUnix: Bool { Int32(storage.ss_family) == AF_UNIX }

    /// Of IPv4 and IPv6, where both have it at the same offset; 0 for others.
    var port: UInt16 {
        guard !isUnix else { return 0 }
        return withUnsafeBytes(of: storage) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
    }

    /// Numeric; empty for Unix sockets.
    var host: String {
        guard !isUnix else { return "" }
        var storage = storage
        return PeerAddress(&storage).text
    }

    /// Of a Unix socket; empty for one without a name, "@…" for an abstract one.
    var path: String {
        guard isUnix, Int(length) > Self.pathOffset else { return "" }
        return withUnsafeBytes(of: storage) { buffer in
            let bytes = buffer[Self.pathOffset..<Int(length)]
            guard bytes.first == 0 else { return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
            return "@" + String(decoding: bytes.dropFirst(), as: UTF8.self)
        }
    }
}
