import ArgumentParser
import Foundation
import Simulator

/// One seed, in this process.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Runs one seed.")

    @Option(help: "What decides the whole run.") var seed: UInt64 = 1
    @Option(help: "How many operations.") var operations = 10_000
    @Option(help: "What is broken on purpose: \(Mutant.allCases.map(\.rawValue).joined(separator: ", ")).") var mutant: String?
    @Flag(help: "Show how often each operation had each outcome.") var counts = false
    @Flag(help: "Tell everything as it goes.") var trace = false
    @Option(help: "Where runs keep their data; best in memory.") var folder = "/dev/shm"

    func run() throws {
        let broken = try mutant.map { name in
            guard let known = Mutant(rawValue: name) else { throw ValidationError("there is no mutant \(name)") }
            return known
        }
        let path = "\(folder)/fairvoice-simulation-\(ProcessInfo.processInfo.processIdentifier)-\(seed)"
        let start = Date()
        do {
            let simulation = try Simulation(seed: seed, operations: operations, folder: path, mutant: broken)
            if trace { simulation.onLine = { print($0) } }
            let result = try simulation.run()
            let seconds = String(format: "%.1f", Date().timeIntervalSince(start))
            print(
                "seed \(seed): \(result.operations) operations, \(result.transactions) transactions, \(result.faults) faults, "
                    + "\(result.restarts) restarts, \(seconds) s, trace \(result.traceHash.prefix(16))")
            if counts { for (name, count) in result.counts.sorted(by: { $0.key < $1.key }) { print("  \(count) × \(name)") } }
        } catch let difference as Difference {
            print(difference)
            throw ExitCode(1)
        }
    }
}
