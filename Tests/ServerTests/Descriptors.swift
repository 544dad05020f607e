import Foundation
import Glibc

/// What the process holds open. Other tests run beside, so that only names tell whose a descriptor is.
enum Descriptors {
    /// Descriptors of this file.
    static func count(of path: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
        }
    }

    /// Connections at this local port that are not closed (proc(5), /proc/net/tcp).
    static func connectionCount(port: UInt16) throws -> Int {
        let listening = "0A"
        let waiting = "06"
        let suffix = ":" + String(port, radix: 16, uppercase: true)
        return try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8).split(separator: "\n").dropFirst().count { line in
            let columns = line.split(separator: " ")
            return columns[1].hasSuffix(suffix) && columns[3] != listening && columns[3] != waiting
        }
    }

    /// Asks until it is so; false after a minute.
    static func eventually(_ isSo: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<6000 {
            if try isSo() { return true }
            poll(nil, 0, 10)
        }
        return false
    }
}
