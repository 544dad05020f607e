import Foundation
import Simulator
import Testing

/// A short run of what `make simulate` does at length.
@Suite(.serialized) struct SimulationTests {
    private func run(_ seed: UInt64, operations: Int = 500, mutant: Mutant? = nil) throws -> Simulation.Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-simulation-\(UUID().uuidString)")
        return try Simulation(seed: seed, operations: operations, folder: folder.path, mutant: mutant).run()
    }

    @Test(arguments: [1, 2] as [UInt64]) func theProgramDoesWhatTheModelDoes(seed: UInt64) throws {
        let result = try run(seed)
        #expect(result.operations == 500 && result.transactions > 50 && result.faults > 3 && result.restarts > 0)
    }

    @Test func oneSeedIsOneRun() throws {
        let hashes = try (0..<2).map { _ in try run(7).traceHash }
        #expect(hashes[0] == hashes[1])
        #expect(try run(8).traceHash != hashes[0])
    }

    @Test(arguments: [Mutant.noSeal, .noAnswers, .synchronousNormal]) func aBrokenProgramIsNoticed(mutant: Mutant) throws {
        #expect(throws: Difference.self) {
            for seed in 1...3 as ClosedRange<UInt64> { _ = try run(seed, operations: 2_000, mutant: mutant) }
        }
    }
}
