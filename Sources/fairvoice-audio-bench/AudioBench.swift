import Acoustics
import Analysis
import ArgumentParser
import AudioFiles
import Foundation
import Synchronization

@main
struct AudioBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fairvoice-audio-bench", abstract: "What `Benchmarks/audio` sets beside other tools.",
        subcommands: [Cost.self, Decode.self])
}

/// What measuring speech costs.
struct Cost: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print CPU and wall seconds as one JSON object.")

    enum Work: String, ExpressibleByArgument, CaseIterable {
        /// The 88 values; files are decoded and brought to 16 kHz before.
        case features
        /// The extended set, the same way.
        case extended
        /// Files decoded, quality and the 88 values.
        case file
        /// All that the server does with a file: decoded, quality and the extended set.
        case analysis
    }

    @Option(help: "What is measured.")
    var work: Work

    @Option(help: "Threads, each with its share of the files.")
    var threads = 1

    @Argument(help: "Audio files.")
    var files: [String]

    func validate() throws {
        guard threads > 0 else { throw ValidationError("--threads must be 1 or more") }
    }

    func run() throws {
        let loads = try files.map { try Load(path: $0, isDecoded: work == .features || work == .extended) }
        let next = Mutex(0)
        let cpuBefore = Self.processSeconds
        let begin = Date()
        let group = DispatchGroup()
        for _ in 0..<threads {
            let thread = Thread {
                while let index = next.withLock({ next in
                    next += 1
                    return next <= loads.count ? next - 1 : nil
                }) {
                    loads[index].perform(work)
                }
                group.leave()
            }
            thread.stackSize = 4 << 20
            group.enter()
            thread.start()
        }
        group.wait()
        let wall = Date().timeIntervalSince(begin)
        let speech = loads.reduce(0) { $0 + $1.seconds }
        print(
            #"{"work":"\#(work.rawValue)","threads":\#(threads),"speech_seconds":\#(speech),"wall_seconds":\#(wall),"#
                + #""cpu_seconds":\#(Self.processSeconds - cpuBefore)}"#)
    }

    private static var processSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}
