import ArgumentParser
import Emotion

/// Prints what a model's file says of itself, as a page.
struct ModelCardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "card", abstract: "Print a model's card as an HTML page.")

    @Argument(help: "A file that `model train` wrote.")
    var file: String

    func run() throws { print(ModelCard(model: try ModelFile.read(file, option: "file").model).html, terminator: "") }
}
