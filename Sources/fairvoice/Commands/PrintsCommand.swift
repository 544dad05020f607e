import ArgumentParser
import Foundation

/// Measures how well copies of recordings are found by their prints: `make prints`. Not for daily use, and so not listed.
struct PrintsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prints", abstract: "Look copies of recordings up among many prints; exit code 1 if a bar is missed.",
        shouldDisplay: false)

    /// CPU time that a look-up of one clip may take.
    private static let lookUpMillisecondsMax = 20.0

    @Argument(help: "A folder of recordings, each of other speech.")
    var originals: String

    @Argument(help: "A folder that holds a folder for each kind of copy; a copy is named as its original.")
    var copies: String

    @Option(help: "Prints to look up among: the originals', and others made out of pieces of them at other speeds.")
    var recordings = 1_000_000

    @Option(help: "Chooses the pieces.")
    var seed: UInt64 = 1

    func run() throws {
        let known = try PrintFolder(path: originals, speed: 1)
        say("\(known.prints.count) recordings, \(known.meanBytes) bytes a print")
        let falsePairs = known.falsePairs()
        say("false pairs among them, all compared: \(falsePairs.count); least bit error \(rounded(falsePairs.leastBitError))")
        let crowd = try PrintCrowd(known, folder: originals, count: recordings, seed: seed)
        say("\(recordings) prints, built in \(rounded(crowd.buildSeconds)) s, \(crowd.bytesEach) bytes each in memory")
        var isMissed = falsePairs.count > 0
        for kind in try FileManager.default.contentsOfDirectory(atPath: copies).sorted() {
            let folder = try PrintFolder(path: "\(copies)/\(kind)", speed: 1)
            let result = crowd.lookUp(folder, expecting: known)
            say("\(kind): \(result.line)\(folder.printlessCount > 0 ? ", \(folder.printlessCount) too short" : "")")
            let isBeyond = kind.hasPrefix("beyond")
            isMissed = isMissed || result.others > 0
            isMissed = isMissed || !isBeyond && result.found < folder.prints.count + folder.printlessCount
            isMissed = isMissed || result.worstMilliseconds > Self.lookUpMillisecondsMax
        }
        // Recordings that nothing in the crowd is made of at this speed.
        let strangers = crowd.lookUp(try PrintFolder(path: originals, speed: PrintCrowd.strangerSpeed), expecting: nil)
        say("strangers: \(strangers.line)")
        isMissed = isMissed || strangers.others > 0 || strangers.worstMilliseconds > Self.lookUpMillisecondsMax
        if isMissed { throw ExitCode(1) }
    }
}

/// Two or three digits are enough for a person.
func rounded(_ value: Double) -> String { String(format: "%.3f", value) }
