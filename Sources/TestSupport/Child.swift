import Foundation
import Glibc

/// A child process of a test, which inherits nothing but what it is given.
///
/// Foundation's `Process` hears of an end by a socket that its child holds, and a child that is started in the same moment may inherit that
/// socket: then the end of the first is not heard of before the other ends.
public final class Child {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
    /// Closes every descriptor from a number on. The header shows it only with _GNU_SOURCE.
    private static let closeFrom: CloseFrom? = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np")
        .map { unsafeBitCast($0, to: CloseFrom.self) }

    public let processID: pid_t
    private var code: Int32?

    /// Starts a program, which the search path may name, with these files; where there is none it reads and writes nothing.
    ///
    /// - Parameters:
    ///   - environment: nil for the test's own.
    ///   - passed: what the child has as descriptor 3.
    public init(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil, input: FileHandle? = nil,
        output: FileHandle? = nil, error: FileHandle? = nil, passed: Int32? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (target, given) in [input, output, error].enumerated() {
            let status =
                if let given {
                    posix_spawn_file_actions_adddup2(&actions, given.fileDescriptor, Int32(target))
                } else {
                    posix_spawn_file_actions_addopen(&actions, Int32(target), "/dev/null", target == 0 ? O_RDONLY : O_WRONLY, 0)
                }
            guard status == 0 else { throw Failure(description: "\(program) cannot have a file that is closed") }
        }
        if let passed { posix_spawn_file_actions_adddup2(&actions, passed, 3) }
        guard let closeFrom = Self.closeFrom, closeFrom(&actions, passed == nil ? 3 : 4) == 0 else {
            throw Failure(description: "posix_spawn of this system cannot close descriptors: glibc 2.34 can")
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Threads of a pool block signals, and blocked ones stay so in a child.
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        var variables = (environment ?? ProcessInfo.processInfo.environment).map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var process = pid_t()
        let status = withExtendedLifetime((input, output, error)) {
            posix_spawnp(&process, program, &actions, &attributes, &words, &variables)
        }
        guard status == 0 else { throw Failure(description: "\(program) was not started: \(String(cString: strerror(status)))") }
        processID = process
    }

    deinit {
        guard code == nil else { return }
        signal(SIGKILL)
        wait()
    }

    /// Runs a program to its end; what it wrote, and its code as `wait` has it.
    public static func run(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil
    ) throws -> (output: String, error: String, code: Int32) {
        let (output, error, code) = try bytes(program, arguments, environment: environment)
        return (String(decoding: output, as: UTF8.self), String(decoding: error, as: UTF8.self), code)
    }

    /// The same with bytes as they are.
    public static func bytes(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil
    ) throws -> (output: [UInt8], error: [UInt8], code: Int32) {
        let folder = FileManager.default.temporaryDirectory
        let files = [folder.appending(path: UUID().uuidString), folder.appending(path: UUID().uuidString)]
        for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        defer { for file in files { try? FileManager.default.removeItem(at: file) } }
        let handles = try files.map { try FileHandle(forWritingTo: $0) }
        let child = try Child(program, arguments, environment: environment, output: handles[0], error: handles[1])
        let code = child.wait()
        return try (Array(Data(contentsOf: files[0])), Array(Data(contentsOf: files[1])), code)
    }

    /// Waits for the end; the exit code, or the signal that ended it as a negative number.
    @discardableResult
    public func wait() -> Int32 {
        if let code { return code }
        var status: Int32 = 0
        var ended: pid_t
        repeat { ended = waitpid(processID, &status, 0) } while ended < 0 && errno == EINTR
        precondition(ended == processID, "Somebody else has waited for the child.")
        let code = status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
        self.code = code
        return code
    }

    /// Sends a signal, unless the end was waited for.
    public func signal(_ number: Int32) {
        if code == nil { kill(processID, number) }
    }
}
