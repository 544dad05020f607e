import ArgumentParser
import Domain
import Market
import Storage

struct AdminCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin", abstract: "Make admins.", subcommands: [Create.self])

    /// Prints one new admin key, alone on standard output, whether or not a server runs on the folder.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make an admin and print the key, alone on standard output.")

        @OptionGroup var data: DataOption

        @Option(help: "A name for the log of what admins do.")
        var name = "admin"

        func run() throws {
            let market = try data.openMarketplace()
            let key = try market.store.write { db in try market.createAdmin(name: name, at: market.now, in: db) }
            print(key.text)
        }
    }
}
