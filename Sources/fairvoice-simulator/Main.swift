import ArgumentParser

/// Simulates the market. Its verbs stand in the Makefile: `make simulate`, `make simulate-mutants`.
@main
struct Main: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fairvoice-simulator", abstract: "Runs the market against a small model, with faults and crashes.",
        subcommands: [RunCommand.self, SeedsCommand.self, MutantsCommand.self])
}
