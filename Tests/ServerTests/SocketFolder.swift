import Foundation

/// A folder for sockets, with a name short enough for their addresses. Goes with the value.
final class SocketFolder {
    let path: String

    init() throws {
        path = "/tmp/fv-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
