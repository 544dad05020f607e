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
            abstract: "Recompute every balance, and hash every blob; exit code 1 when anything is wrong.")

        @OptionGroup var data: DataOption

        func run() throws {
            let market = try data.openMarketplace()
            let report = try market.store.read { db in Books(db).verify() }
            let rows = try market.store.read { db in Fingerprints.verify(in: db) }
            let blobs = try BlobStore(dataFolder: data.folder)
            var blobCount = 0
            var damaged: [String] = []
            for (sha256, byteCount) in try market.store.read({ db in try Recordings.blobs(in: db) }) {
                blobCount += 1
                guard blobs.byteCount(of: sha256) == byteCount, try blobs.recomputedHash(of: sha256) == sha256 else {
                    damaged.append("blob \(sha256) is missing or changed")
                    continue
                }
            }
            let findings = (report.findings + rows).map(\.description) + damaged
            for finding in findings { print(finding) }
            let counts = """
                \(report.transactionCount) transactions, \(report.postingCount) postings, \(report.accountCount) accounts, \
                \(blobCount) blobs
                """
            print(findings.isEmpty ? "the books are right: \(counts)" : "\(findings.count) findings: \(counts)")
            if !findings.isEmpty { throw ExitCode(1) }
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
            let market = try data.openMarketplace()
            try market.store.read { db in
                try Books(db).export(format == .hledger ? .hledger : .beancount) {
                    FileHandle.standardOutput.write(Data($0.utf8))
                }
            }
        }
    }
}
