import ArgumentParser
import Emotion
import Foundation

/// What a model's file says of the recordings that it was fitted on, and whether these are they.
struct ModelManifest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest", abstract: "Say what a model was fitted on, or hold corpora against it.",
        discussion: """
            Without --data: each corpus with its licence, citation and hashes, then the first 16 digits of the SHA-256 of each \
            of its files. With --data, the manifests of model train in the same order: whether files, speakers and labels are \
            those of the fit; exit code 1 if not.
            """)

    @Argument(help: "A file that `model train` wrote.")
    var file: String

    @Option(help: "A manifest; may stand several times, one for each corpus of the model.")
    var data: [String] = []

    @OptionGroup var choice: TrainingChoice

    func run() throws {
        let corpora = try ModelFile.read(file, option: "file").model.corpora
        guard !data.isEmpty else { return corpora.forEach(tell) }
        guard data.count == corpora.count else {
            throw BadInput("--data stands \(data.count) times, but the model was fitted on \(corpora.count) corpora")
        }
        let found = try choice.folders(data).map { TrainingManifest(try $0.examples()) }
        let isSame = zip(corpora, found).map(compare)
        if isSame.contains(false) { throw ExitCode(1) }
    }

    private func tell(_ corpus: EmotionModel.Corpus) {
        print("\(corpus.name): \(corpus.exampleCount) files of \(corpus.speakerCount) speakers; licence \(corpus.licence)")
        if let citation = corpus.citation { print("  cite: \(citation)") }
        print("  files     \(corpus.sha256)")
        print("  manifest  \(corpus.manifestSHA256 ?? "not stated")")
        for hash in corpus.fileHashes { print("  \(hash)") }
    }

    private func compare(_ corpus: EmotionModel.Corpus, _ found: TrainingManifest) -> Bool {
        guard corpus.sha256 != found.filesSHA256 else {
            let isSame = corpus.manifestSHA256 == nil || corpus.manifestSHA256 == found.rowsSHA256
            print(
                "\(corpus.name): \(isSame ? "the same files, speakers and labels" : "the same files, other speakers or labels")")
            return isSame
        }
        let (known, present) = (Set(corpus.fileHashes), Set(found.fileHashes))
        print(
            "\(corpus.name): other files: \(known.subtracting(present).count) of the fit are missing, "
                + "\(present.subtracting(known).count) were not in it")
        return false
    }
}
