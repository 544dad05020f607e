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
            let market = try data.openMarketplace()
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
            let market = try data.openMarketplace()
            try market.store.write { db in
                try market.activateModel(model == "none" ? nil : model, by: "command line", at: market.now, in: db)
            }
            print(model)
        }
    }

    struct Rollback: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go back to the model that was in force before; once more, one further back.")

        @OptionGroup var data: DataOption

        func run() throws {
            let market = try data.openMarketplace()
            let model = try market.store.write { db in
                try market.rollBackModel(by: "command line", at: market.now, in: db)
            }
            print(model ?? "none")
        }
    }
}
