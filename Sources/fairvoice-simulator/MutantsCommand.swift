import ArgumentParser
import Foundation
import Simulator

/// Every mutant must be caught, and the program itself must not.
struct MutantsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutants", abstract: "Breaks the market in every known way and demands that each is noticed.")

    @Option(help: "The first seed.") var seed: UInt64 = 1
    @Option(help: "How many seeds are tried on each mutant.") var seeds = 3
    @Option(help: "How many operations each.") var operations = 3_000
    @Option(help: "How many at a time.") var jobs = ProcessInfo.processInfo.activeProcessorCount

    func run() throws {
        var survivors = 0
        for mutant in Mutant.allCases {
            var noticed: [String] = []
            let calls = (0..<UInt64(seeds)).map { index in
                ["run", "--seed", "\(seed + index)", "--operations", "\(operations)", "--mutant", mutant.rawValue]
            }
            _ = try Children(jobs: jobs).run(calls) { output, isFailure in
                if isFailure, let line = output.split(separator: "\n").first { noticed.append(String(line)) }
            }
            print("\(mutant.rawValue): \(noticed.isEmpty ? "NOT NOTICED" : "noticed by \(noticed.count) of \(seeds) seeds")")
            if let line = noticed.first { print("  \(line.prefix(200))") }
            if noticed.isEmpty { survivors += 1 }
        }
        print("\(Mutant.allCases.count - survivors) of \(Mutant.allCases.count) mutants noticed")
        if survivors > 0 { throw ExitCode(1) }
    }
}
