import Foundation

/// The real program, serving a data folder of its own on a port of its own.
final class Program: @unchecked Sendable {
    // Unchecked: the process is started and stopped by one test.
    let folder: String
    private(set) var base = ""
    private var process = Process()
    private let more: [String]

    /// The built program: what the tests are for. `make test` builds it first.
    static let binary: String = {
        if let path = ProcessInfo.processInfo.environment["FAIRVOICE_TEST_BINARY"] { return path }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appending(path: ".build/release/fairvoice").path
    }()

    /// - Parameters:
    ///   - original: a data folder to go on from a copy of.
    ///   - more: further arguments.
    init(copying original: String? = nil, _ more: String...) throws {
        self.more = more
        folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-\(UUID().uuidString)").path
        if let original {
            try FileManager.default.copyItem(atPath: original, toPath: folder)
        } else {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try start()
    }

    deinit {
        if process.isRunning { process.terminate() }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts the program and waits until it says where it listens.
    func start() throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: Self.binary)
        process.arguments = ["serve", "--data", folder, "--port", "0", "--log-level", "error"] + more
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var text = ""
        while !text.contains("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw ProgramError("it ended before it listened: \(text)") }
            text += String(decoding: data, as: UTF8.self)
        }
        guard let range = text.range(of: #"http://[^\s]+"#, options: .regularExpression) else {
            throw ProgramError("it did not say where it listens: \(text)")
        }
        base = String(text[range])
    }

    var processID: Int32 { process.processIdentifier }

    /// Ends the process as a crash would.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks the process to end; its exit code.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Runs a command of the program; what it printed, and its exit code.
    static func run(_ arguments: String..., input: String? = nil) throws -> (output: String, error: String, code: Int32) {
        try Command.run(binary, arguments)
    }
}

struct ProgramError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Another process, run to its end.
enum Command {
    static func run(_ path: String, _ arguments: [String]) throws -> (output: String, error: String, code: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let folder = FileManager.default.temporaryDirectory
        let files = [folder.appending(path: UUID().uuidString), folder.appending(path: UUID().uuidString)]
        for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        defer { for file in files { try? FileManager.default.removeItem(at: file) } }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return (texts[0], texts[1], process.terminationStatus)
    }
}
