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

    /// Refuses a path that no file can be written to; nothing is written.
    static func requireWritable(_ path: String, option: String) throws {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard !exists || !isFolder.boolValue else { throw BadInput("\(option) \(path): is a folder; name a file in it") }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try requireFolder(folder, option: option)
        guard FileManager.default.isWritableFile(atPath: folder), !exists || FileManager.default.isWritableFile(atPath: path)
        else { throw BadInput("\(option) \(path): can't be written; choose another place, or ask for the permission") }
    }
}
