import ArgumentParser
import Domain
import Foundation
import JSON
import Market
import Storage

struct RateCardCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rate-card", abstract: "Compare rate cards, and try one before it is published.",
        subcommands: [Diff.self, Simulate.self])

    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what one card has differently from another, a line each.")

        @OptionGroup var data: DataOption

        @Argument(help: "The number of the older card.")
        var older: Int64

        @Argument(help: "The number of the newer card.")
        var newer: Int64

        func run() throws {
            let market = try data.openExistingMarketplace()
            let comparison = try market.store.read { db in
                do { return try market.compareRateCards(older, newer, in: db) } catch MarketError.notFound {
                    throw BadInput("no rate card \(older) or \(newer) is published")
                }
            }
            for line in comparison.lines { print(line) }
        }
    }

    struct Simulate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what past recordings would have been paid under a card, as JSON. Nothing is published.")

        @OptionGroup var data: DataOption

        @Argument(help: "A rate card as a JSON file.")
        var file: String

        func run() throws {
            let document: JSON
            do { document = try JSON.parse(Input.file(file)) } catch let error as JSONError {
                throw BadInput("\(file): \(error)")
            }
            let market = try data.openExistingMarketplace()
            let simulation = try market.store.read { db in
                do { return try market.simulateRateCard(document, in: db) } catch MarketError.invalid(let errors) {
                    throw BadInput("\(file): " + errors.map { "\($0.pointer) \($0.detail)" }.joined(separator: "; "))
                }
            }
            print(simulation.json.description)
        }
    }
}
