import ArgumentParser
import Foundation

/// Many seeds, a process each.
struct SeedsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "seeds", abstract: "Runs many seeds, some at a time.")

    @Option(help: "The first seed.") var seed: UInt64 = 1
    @Option(help: "How many seeds.") var seeds = 8
    @Option(help: "How many operations each.") var operations = 10_000
    @Option(help: "How many at a time.") var jobs = ProcessInfo.processInfo.activeProcessorCount
    @Option(help: "What is broken on purpose.") var mutant: String?

    func run() throws {
        let start = Date()
        let failures = try Children(jobs: jobs).run(
            (0..<UInt64(seeds)).map { index in
                ["run", "--seed", "\(seed + index)", "--operations", "\(operations)"] + (mutant.map { ["--mutant", $0] } ?? [])
            }
        ) { output, _ in print(output, terminator: "") }
        let seconds = Int(Date().timeIntervalSince(start).rounded())
        print("\(seeds) seeds × \(operations) operations in \(seconds) s: \(failures) with a difference")
        if failures > 0 { throw ExitCode(1) }
    }
}
