import Foundation
import Synchronization

/// The files to be measured, in their order: the arguments, then those of a list. Names from standard input are read as they are
/// needed, so that measuring begins with the first.
final class FileQueue: Sendable {
    /// How many files there are; nil while standard input may name more.
    let knownCount: Int?

    private struct State {
        var names: ArraySlice<String>
        var readsInput: Bool
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
            names += String(decoding: try Input.file(list), as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        }
        guard readsInput || !names.isEmpty else {
            throw BadInput(list == nil ? "name audio files, or --files-from a list" : "--files-from \(list!): names no file")
        }
        knownCount = readsInput ? nil : names.count
        state = Mutex(State(names: names[...], readsInput: readsInput))
    }

    /// The next file and its place; nil after the last.
    func next() -> (index: Int, name: String)? {
        state.withLock { state in
            var name = state.names.popFirst()
            while name == nil, state.readsInput {
                guard let line = readLine() else {
                    state.readsInput = false
                    break
                }
                if !line.isEmpty { name = line }
            }
            guard let name else { return nil }
            defer { state.handedOut += 1 }
            return (state.handedOut, name)
        }
    }
}
