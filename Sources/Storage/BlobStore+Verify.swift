import GRDB
import Glibc

extension BlobStore {
    /// Hashes every blob, and looks for each that a recording names. Reads all audio: hours for terabytes.
    public func verify(against db: Connection, _ report: inout VerificationReport) throws {
        var found: Set<String> = []
        try eachBlob { name in
            report.blobCount += 1
            found.insert(name)
            if try recomputedHash(of: name) != name { report.findings.append(.wrongBlob(name)) }
        }
        for row in try db.rows("SELECT DISTINCT sha256, byte_count FROM recording NOT INDEXED ORDER BY sha256") {
            let name: String = try row.value("sha256")
            let byteCount: Int64 = try row.value("byte_count")
            if !found.contains(name) || self.byteCount(of: name) != byteCount { report.findings.append(.wrongBlob(name)) }
        }
    }

    /// The names of all files, wherever they lie: one in a wrong folder is not found at its path.
    private func eachBlob(_ act: (String) throws -> Void) throws {
        for first in try Self.names(in: folder) {
            for second in try Self.names(in: "\(folder)/\(first)") {
                for name in try Self.names(in: "\(folder)/\(first)/\(second)") { try act(name) }
            }
        }
    }

    private static func names(in folder: String) throws -> [String] {
        guard let stream = opendir(folder) else { throw SystemError("open \(folder)") }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
