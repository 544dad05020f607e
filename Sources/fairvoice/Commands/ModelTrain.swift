import ArgumentParser
import Emotion
import Foundation
import JSON

/// Fits a model on a labelled folder with the project's own features.
struct ModelTrain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Fit a model on labelled files and write it to a file.",
        discussion: """
            The manifest is tab-separated with a header line; it has the columns file (relative to the manifest, or absolute), \
            speaker and emotion, and may have more: sex, and arousal, dominance and valence from 0 to 1, of which regressions \
            are fitted. Labels are the emotions that Fairvoice knows; rows with others are left out, and standard error says how \
            many. Files that can't be measured are refused, unless --skip-unreadable leaves them out, and so is a recording \
            that stands twice. Manifests of one folder are one corpus, with one set of speakers.
            """)

    @Option(help: "The manifest; may stand several times, one for each corpus.")
    var data: [String]

    @Option(help: "The licence of each corpus, in the same order.")
    var licence: [String] = []

    @Option(help: "How each corpus asks to be cited, in the same order.")
    var citation: [String] = []

    @Option(help: "Where to write the model.")
    var out: String

    @OptionGroup var choice: TrainingChoice

    func run() throws {
        guard !data.isEmpty else { throw BadInput("--data must name a manifest") }
        for (option, values) in [("--licence", licence), ("--citation", citation)] where values.count > data.count {
            throw BadInput("\(option) stands \(values.count) times and --data \(data.count) times; give one for each corpus")
        }
        // Before minutes of work, not after.
        try Input.requireWritable(out, option: "--out")
        let folders = try choice.folders(data)
        let examples = try folders.map { try $0.examples() }
        let corpora = folders.indices.map { corpus($0, folders[$0], examples[$0]) }
        let trainer = EmotionTrainer(
            featureSet: choice.features.name, version: choice.features.version, featureCount: choice.features.count,
            kinds: choice.kinds, sounds: choice.sounds)
        let model: EmotionModel
        do { model = try trainer.train(examples.flatMap(\.self), corpora: corpora) } catch { throw BadInput("--data: \(error)") }
        do { try Data(model.bytes).write(to: URL(fileURLWithPath: out), options: .atomic) } catch {
            throw BadInput("--out: \(out) can't be written: \(error.localizedDescription)")
        }
        print(String(decoding: JSON.object(summary(model)).prettyBytes(), as: UTF8.self), terminator: "")
    }

    private func corpus(_ index: Int, _ folder: TrainingFolder, _ examples: [TrainingExample]) -> EmotionModel.Corpus {
        let manifest = TrainingManifest(examples)
        return EmotionModel.Corpus(
            name: folder.name, licence: index < licence.count ? licence[index] : "not stated",
            citation: index < citation.count ? citation[index] : nil, exampleCount: examples.count,
            speakerCount: Set(examples.map(\.speaker)).count, sha256: manifest.filesSHA256,
            manifestSHA256: manifest.rowsSHA256, fileHashes: manifest.fileHashes)
    }

    private func summary(_ model: EmotionModel) -> JSONObject {
        var summary: JSONObject = [
            "file": .string(out), "labels": .strings(model.labels), "corpora": .array(model.corpora.map(\.json)),
            "classifiers": .array(model.fittedKinds.map(\.json)),
            "speaker_classifiers": .array(model.speakerFittedKinds.map(\.json)),
            "held_out": model.evaluation.json, "sounds": .array(model.soundScores.map(\.json)),
        ]
        for dimension in model.dimensions { summary[dimension.name] = dimension.evaluation.json }
        return summary
    }
}
