import ArgumentParser
import Emotion
import JSON

/// How models made by `model train` do on speakers that they have not heard; nothing is kept.
struct ModelEvaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score labelled files with models that have not heard their speakers.",
        discussion: """
            Without --test, the speakers of --data are held out in turn, each alone or in --folds groups. With --test, the \
            model is fitted on --data and tested on --test, over the labels that both have. The manifests are those of \
            model train; a column sex tells the scores apart by sex. Manifests of one folder are one corpus: its speakers can't be \
            in --data and in --test. A recording that stands twice is refused.
            """)

    @Option(help: "The manifest; may stand several times, one for each corpus.")
    var data: [String]

    @Option(help: "A manifest to test on; may stand several times.")
    var test: [String] = []

    @Option(help: "Groups of speakers that are held out in turn; without it, each speaker is held out alone.")
    var folds: Int?

    @Option(help: "Only these labels, with commas between them.")
    var labels: String?

    @Option(
        help:
            "What a value is measured against: global (all of the training data), speaker (the speaker's own clips) or earlier (clip after clip, as a server does)."
    )
    var standardisation = StandardisationKind.global

    @OptionGroup var choice: TrainingChoice

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if let folds, folds < 2 { throw ValidationError("--folds must be 2 or more") }
        if folds != nil, !test.isEmpty { throw ValidationError("--folds says nothing beside --test; leave one out") }
    }

    func run() throws {
        guard !data.isEmpty else { throw BadInput("--data must name a manifest") }
        let evaluator = EmotionEvaluator(
            featureSet: choice.features.name, featureCount: choice.features.count, kinds: choice.kinds, sounds: choice.sounds)
        let wanted = labels.map { Set($0.split(separator: ",").map(String.init)) }
        let folders = try choice.folders(data + test, labels: wanted)
        let training = try folders.prefix(data.count).flatMap { try $0.examples() }
        let tested = try folders.dropFirst(data.count).flatMap { try $0.examples() }
        let report: HeldOutReport
        do {
            report =
                test.isEmpty
                ? try evaluator.holdSpeakersOut(training, foldCountMax: folds ?? .max, standardisation)
                : try evaluator.across(training: training, test: tested, standardisation)
        } catch { throw BadInput("--data: \(error)") }
        print(json ? String(decoding: report.json.prettyBytes(), as: UTF8.self) : report.text, terminator: "")
    }
}

extension StandardisationKind: ExpressibleByArgument {}
