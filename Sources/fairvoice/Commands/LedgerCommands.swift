import ArgumentParser
import Foundation
import Ledger
import Market
import Storage

struct LedgerCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Check and export the books.", subcommands: [Verify.self, Export.self])

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recompute balances, splits, hashes, the log, and every blob; exit code 1 when anything is wrong.")

        @OptionGroup var data: DataOption

        func run() throws {
            try data.requireDatabase()
            // Not by way of the market, which believes what it reads.
            let store = try Store(folder: data.folder)
            let blobs = try BlobStore(dataFolder: data.folder)
            var report = try store.read { db in Books(db).verify() }
            try store.read { db in try blobs.verify(against: db, &report) }
            for finding in report.findings { print(finding) }
            let counts = """
                \(report.transactionCount) transactions, \(report.postingCount) postings, \(report.accountCount) accounts, \
                \(report.leafCount) log entries, \(report.blobCount) blobs
                """
            print(report.isSound ? "the books are right: \(counts)" : "\(report.findings.count) findings: \(counts)")
            if !report.isSound { throw ExitCode(1) }
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write the whole journal to standard output.")

        enum Format: String, ExpressibleByArgument, CaseIterable {
            case hledger, beancount
        }

        @OptionGroup var data: DataOption

        @Option(help: "The format.")
        var format: Format = .hledger

        func run() throws {
            let market = try data.openExistingMarketplace()
            try market.store.read { db in
                try Books(db).export(format == .hledger ? .hledger : .beancount) {
                    FileHandle.standardOutput.write(Data($0.utf8))
                }
            }
        }
    }
}
