import Foundation
import Glibc
import TestSupport

/// The real program, serving a data folder of its own on a port of its own.
final class Program: @unchecked Sendable {
    // Unchecked: the process is started and stopped by one test.
    let folder: String
    private(set) var base = ""
    private(set) var processID: pid_t = 0
    private var child: Child?
    /// Nobody reads on, but it is there, as a terminal would be.
    private var output: Pipe?
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
        child = nil
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts the program and waits until it says where it listens.
    func start() throws {
        let output = Pipe()
        self.output = output
        let started = try Child(
            Self.binary, ["serve", "--data", folder, "--port", "0", "--log-level", "error"] + more,
            output: output.fileHandleForWriting, error: .standardError)
        child = started
        processID = started.processID
        try output.fileHandleForWriting.close()
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

    /// Ends the process as a crash would.
    func kill() {
        child?.signal(SIGKILL)
        child?.wait()
    }

    /// Asks the process to end; its exit code.
    func stop() -> Int32 {
        child?.signal(SIGTERM)
        return child?.wait() ?? -1
    }

    /// Runs a command of the program; what it printed, and its exit code.
    static func run(_ arguments: String...) throws -> (output: String, error: String, code: Int32) {
        try Child.run(binary, arguments)
    }
}

struct ProgramError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
