import ArgumentParser
import AudioFiles
import Foundation
import Market
import Web

/// The program: parses the command line, runs one verb, and says in one line what was wrong.
@main enum Fairvoice {
    static func main() {
        do {
            var command = try Root.parseAsRoot(FileName.arguments)
            try command.run()
            // A server goes on without whoever read what it said at first.
            if !(command is Serve) { Output.endIfLost() }
        } catch {
            if Root.exitCode(for: error) == .success { Root.exit(withError: error) }
            complain(error)
        }
    }

    /// Bad input ends with 2, everything else with 1; ArgumentParser's own messages are cut to their first line.
    private static func complain(_ error: any Error) -> Never {
        Output.endIfLost()
        if let exit = error as? ExitCode { Foundation.exit(exit.rawValue) }
        let isUsage = Root.exitCode(for: error) == .validationFailure || error is BadInput
        let message = sentence(error) ?? Root.message(for: error)
        let line = message.split(separator: "\n").first.map(String.init) ?? "\(error)"
        FileHandle.standardError.write(Data("fairvoice: \(line)\n".utf8))
        Foundation.exit(isUsage ? 2 : 1)
    }
}

extension Fairvoice {
    /// What people read of the program's own errors; nil for others.
    private static func sentence(_ error: any Error) -> String? {
        switch error {
        case let error as BadInput: error.description
        case MarketError.notFound(let thing): "there is no such \(thing)"
        case let error as MarketError: error.problem.detail
        case let error as AudioFileError: error.sentence
        default: nil
        }
    }
}

/// Something that a person typed, or a file that they named, can't be used.
struct BadInput: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

struct Root: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fairvoice", abstract: "A self-hosted marketplace for emotional speech.",
        subcommands: [
            Serve.self, Migrate.self, Config.self, AdminCommands.self, KeyCommands.self, ModelCommands.self, Analyse.self,
            QuoteCommands.self, ReceiptCommands.self, LedgerCommands.self, RateCardCommands.self, RoyaltyCommands.self,
            PrintsCommand.self,
        ])
}
