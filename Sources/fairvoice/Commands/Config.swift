import ArgumentParser

struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the settings in force and where each comes from.")

    @OptionGroup var options: ServeOptions

    func run() throws { for line in try options.settings().lines { print(line) } }
}
