import Foundation

/// This program again, in processes of its own, so many at a time: one that crashes takes nobody with it.
struct Children {
    let jobs: Int

    /// Runs a process for each list of arguments and reports each in the order in which they end.
    /// - Returns: how many failed.
    func run(_ calls: [[String]], report: (_ output: String, _ isFailure: Bool) -> Void) throws -> Int {
        var waiting = calls[...]
        var failures = 0
        let threads = DispatchQueue(label: "children", attributes: .concurrent)
        let ended = DispatchSemaphore(value: 0)
        let results = Results()
        var runningCount = 0
        while !waiting.isEmpty || runningCount > 0 {
            while runningCount < jobs, let arguments = waiting.popFirst() {
                runningCount += 1
                threads.async {
                    results.add(Self.run(arguments))
                    ended.signal()
                }
            }
            ended.wait()
            runningCount -= 1
            let (output, isFailure) = results.take()
            report(output, isFailure)
            if isFailure { failures += 1 }
        }
        return failures
    }

    private static func run(_ arguments: [String]) -> (String, Bool) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        do {
            try process.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            guard process.terminationReason == .exit else {
                return (
                    output + "DIFFERENCE: \(arguments.joined(separator: " ")) died of signal \(process.terminationStatus)\n", true
                )
            }
            return (output, process.terminationStatus != 0)
        } catch {
            return ("\(error)\n", true)
        }
    }

    /// What children said, waiting to be reported.
    private final class Results: @unchecked Sendable {
        private let lock = NSLock()
        private var outputs: [(String, Bool)] = []

        func add(_ output: (String, Bool)) { lock.withLock { outputs.append(output) } }
        func take() -> (String, Bool) { lock.withLock { outputs.removeFirst() } }
    }
}
