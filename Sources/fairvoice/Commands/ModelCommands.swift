import Analysis
import ArgumentParser
import AudioFiles
import Crypto
import Dispatch
import Domain
import Emotion
import Foundation
import JSON
import Market
import Storage
import Synchronization

struct ModelCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Train, register and activate emotion models.",
        subcommands: [Train.self, ModelEvaluate.self, ModelCardCommand.self, Add.self, List.self, Activate.self, Rollback.self])

    /// Fits a model on a labelled folder with the project's own features.
    struct Train: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fit a model on labelled files and write it to a file.",
            discussion: """
                The manifest is tab-separated with a header line; it has the columns file (relative to the manifest), speaker \
                and emotion, and may have more: sex, and arousal, dominance and valence from 0 to 1, of which regressions are \
                fitted. Labels are the emotions that Fairvoice knows; rows with others are left out.
                """)

        @Option(help: "The manifest; may stand several times, one for each corpus.")
        var data: [String]

        @Option(help: "The licence of each corpus, in the same order.")
        var licence: [String] = []

        @Option(help: "Where to write the model.")
        var out: String

        @OptionGroup var choice: TrainingChoice

        func run() throws {
            guard !data.isEmpty else { throw BadInput("--data must name a manifest") }
            var examples: [TrainingExample] = []
            var corpora: [EmotionModel.Corpus] = []
            for (index, path) in data.enumerated() {
                let found = try TrainingFolder(manifest: path, features: choice.features).examples()
                guard !found.isEmpty else {
                    throw BadInput("--data: \(path) names no file with a known emotion that can be read")
                }
                examples += found
                let hashes = found.map(\.sha256).sorted().joined(separator: "\n")
                corpora.append(
                    .init(
                        name: found[0].source, licence: index < licence.count ? licence[index] : "not stated",
                        exampleCount: found.count, speakerCount: Set(found.map(\.speaker)).count,
                        sha256: Hex.encode(SHA256.hash(hashes.utf8))))
            }
            let trainer = EmotionTrainer(
                featureSet: choice.features.name, version: choice.features.version, featureCount: choice.features.count,
                kinds: choice.kinds)
            let model: EmotionModel
            do { model = try trainer.train(examples, corpora: corpora) } catch { throw BadInput("--data: \(error)") }
            guard FileManager.default.createFile(atPath: out, contents: Data(model.bytes)) else {
                throw BadInput("--out: \(out) can't be written")
            }
            var summary: JSONObject = [
                "file": .string(out), "labels": .strings(model.labels), "corpora": .array(model.corpora.map(\.json)),
                "held_out": model.evaluation.json,
            ]
            for dimension in model.dimensions { summary[dimension.name] = dimension.evaluation.json }
            print(String(decoding: JSON.object(summary).prettyBytes(), as: UTF8.self), terminator: "")
        }
    }

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
                let model = try EmotionModel(bytes: record.file)
                let recall = Int((model.evaluation.unweightedAverageRecall * 1000).rounded())
                print(
                    "\(record.isActive ? "*" : " ") \(record.id)  \(record.addedAt)  recall on held-out speakers 0.\(recall)  "
                        + model.corpora.map(\.name).joined(separator: ", "))
            }
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
        static let configuration = CommandConfiguration(abstract: "Go back to the model that was in force before.")

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
