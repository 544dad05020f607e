import ArgumentParser
import Domain
import Market
import Storage

struct KeyCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make and revoke keys.", subcommands: [Create.self, Revoke.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make another key for somebody and print it.")

        @OptionGroup var data: DataOption

        @Option(help: "The id of a contributor, buyer or admin.")
        var owner: String

        @Option(help: "A word to tell keys apart.")
        var label = "command line"

        func run() throws {
            let market = try data.openExistingMarketplace()
            let role = try role()
            let key = try market.store.write { db in
                try market.makeKey(role: role, owner: owner, label: label, by: "command line", at: market.now, in: db)
            }
            print(key.text)
        }

        private func role() throws -> Role {
            if ID<Contributor>(owner) != nil { return .contributor }
            if ID<Buyer>(owner) != nil { return .buyer }
            if ID<Admin>(owner) != nil { return .admin }
            throw BadInput("--owner must be the id of a contributor (con_…), buyer (buy_…) or admin (adm_…)")
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a key, at once.")

        @OptionGroup var data: DataOption

        @Argument(help: "The key's id, such as key_01J….")
        var key: String

        func run() throws {
            guard let id = ID<AccessKey>(key) else { throw BadInput("KEY must be a key's id, such as key_01J…") }
            let market = try data.openExistingMarketplace()
            let record = try market.store.write { db in
                try market.revokeKey(id, by: "command line", at: market.now, in: db)
            }
            print("\(record.id) revoked \(record.revokedAt?.rfc3339 ?? "")")
        }
    }
}
