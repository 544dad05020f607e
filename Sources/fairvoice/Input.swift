import Foundation

/// Reads what arguments name, with errors that name it too.
enum Input {
    /// The bytes of a file.
    static func file(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else { throw BadInput("\(path): can't be read") }
        return [UInt8](data)
    }

    /// The argument itself, or what the file that it names holds, or standard input for "-".
    static func text(_ argument: String) throws -> String {
        if argument == "-" { return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) }
        if FileManager.default.fileExists(atPath: argument) { return String(decoding: try file(argument), as: UTF8.self) }
        return argument
    }

    /// Refuses what is no folder.
    static func requireFolder(_ path: String, option: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw BadInput("\(option) \(path): is no folder; make it first")
        }
    }
}
