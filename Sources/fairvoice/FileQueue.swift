import Foundation
import Synchronization

/// The files to be measured, in their order: the arguments, then those of a list. Names from standard input are read as they are
/// needed, so that measuring begins with the first.
final class FileQueue: Sendable {
    /// The files; nil while standard input may name more.
    let knownNames: [String]?

    private struct State {
        var names: ArraySlice<String>
        /// Standard input, until its end.
        var input: UnsafeMutablePointer<FILE>?
        var handedOut = 0
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - arguments: files, or "-" alone for standard input.
    ///   - list: a file that names a file a line, or "-".
    init(arguments: [String], list: String?) throws {
        guard arguments.allSatisfy({ $0 != "-" }) || (arguments == ["-"] && list == nil) else {
            throw BadInput("- stands for a list on standard input: give it alone")
        }
        let readsInput = list == "-" || arguments == ["-"]
        var names = arguments == ["-"] ? [] : arguments
        if let list, !readsInput {
            names += FileName.text(try Input.file(list)).split(whereSeparator: \.isNewline).map(String.init)
        }
        guard readsInput || !names.isEmpty else {
            throw BadInput(list == nil ? "name audio files, or --files-from a list" : "--files-from \(list!): names no file")
        }
        knownNames = readsInput ? nil : names
        state = Mutex(State(names: names[...], input: readsInput ? fdopen(STDIN_FILENO, "r") : nil))
    }

    /// The next file and its place; nil after the last.
    func next() -> (index: Int, name: String)? {
        state.withLock { state in
            var name = state.names.popFirst()
            while name == nil, let input = state.input {
                guard let line = Self.line(of: input) else {
                    state.input = nil
                    break
                }
                if !line.isEmpty { name = line }
            }
            guard let name else { return nil }
            defer { state.handedOut += 1 }
            return (state.handedOut, name)
        }
    }

    /// The next line without its end; nil after the last.
    private static func line(of input: UnsafeMutablePointer<FILE>) -> String? {
        var (line, capacity) = (UnsafeMutablePointer<CChar>?.none, 0)
        defer { free(line) }
        let count = getline(&line, &capacity, input)
        guard count > 0, let line else { return nil }
        var bytes = UnsafeRawBufferPointer(start: line, count: count)[...]
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
        return FileName.text(bytes)
    }
}
