import Analysis
import ArgumentParser
import Domain
import Emotion
import Foundation
import Market
import Storage

struct ModelCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Train, register and activate emotion models.",
        subcommands: [
            ModelTrain.self, ModelEvaluate.self, ModelCardCommand.self, ModelManifest.self, Add.self, List.self, Activate.self,
            Rollback.self,
        ])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Register a model file and print its id.")

        @OptionGroup var data: DataOption

        @Argument(help: "A file that `model train` wrote.")
        var file: String

        func run() throws {
            let bytes = try ModelFile.read(file, option: "file").bytes
            let market = try data.openMarketplace()
            let id = try market.store.write { db in
                try market.addModel(bytes, by: "command line", at: market.now, in: db)
            }
            print(id)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the registered models; * is in force.")

        @OptionGroup var data: DataOption

        func run() throws {
            let market = try data.openExistingMarketplace()
            for record in try market.store.read({ db in try Models.all(in: db) }) {
                print("\(record.isActive ? "*" : " ") \(record.id)  \(record.addedAt)  \(Self.text(of: record.file))")
            }
        }

        /// What is in a model's file, and what is wrong with one that scores nothing.
        private static func text(of file: [UInt8]) -> String {
            do throws(ModelFileError) {
                let model = try EmotionModel(bytes: file)
                let recall = String(format: "%.3f", model.evaluation.unweightedAverageRecall)
                let text =
                    "recall on held-out speakers \(recall)  \(model.kindsText)  "
                    + model.corpora.map(\.name).joined(separator: ", ")
                do { try model.requireMeasured() } catch { return "\(text)  scores nothing: \(error)" }
                return text
            } catch { return "scores nothing: \(error)" }
        }
    }

    struct Activate: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Score recordings with this model from now on.")

        @OptionGroup var data: DataOption

        @Argument(help: "A model's id, or none.")
        var model: String

        func run() throws {
            let id = model == "none" ? nil : model
            // No model of that id can be where there is no market yet; none may be chosen before the first start.
            let market = try id == nil ? data.openMarketplace() : data.openExistingMarketplace()
            do {
                try market.store.write { db in
                    try market.activateModel(id, by: "command line", at: market.now, summaries: ModelSummaries(), in: db)
                }
            } catch MarketError.notFound {
                throw BadInput("model: there is no \(model); see fairvoice model list")
            } catch MarketError.modelCannotScore(let sentence) {
                throw BadInput("model: \(sentence)")
            }
            print(model)
        }
    }

    struct Rollback: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go back to the newest model before that scores; once more, further back.")

        @OptionGroup var data: DataOption

        func run() throws {
            let market = try data.openExistingMarketplace()
            let back: ModelRollback
            do {
                back = try market.store.write { db in
                    try market.rollBackModel(by: "command line", at: market.now, summaries: ModelSummaries(), in: db)
                }
            } catch MarketError.modelCannotScore(let sentence) {
                throw BadInput(sentence)
            }
            for earlier in back.passedOver {
                FileHandle.standardError.write(Data("fairvoice: passed over \(earlier.model): \(earlier.fault)\n".utf8))
            }
            print(back.model ?? "none")
        }
    }
}
