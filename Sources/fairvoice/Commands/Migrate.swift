import ArgumentParser

struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring a data folder to this version's schema.")

    @OptionGroup var data: DataOption

    func run() throws {
        _ = try data.openMarketplace()
        print("\(data.folder) is up to date")
    }
}
