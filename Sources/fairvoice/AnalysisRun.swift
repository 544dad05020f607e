import AudioFiles
import Dispatch
import Foundation
import Synchronization

/// Measures files by several threads, whose results are written in the order of the files.
final class AnalysisRun: Sendable {
    static let jobCountMax = 1024
    /// Lines a thread that may wait for a slow file before them: what bounds memory.
    private static let waitingCountMax = 32

    private let queue: FileQueue
    private let output: OrderedOutput
    private let form: any AnalysisForm
    private let failures = Atomic(0)

    init(queue: FileQueue, output: OrderedOutput, form: any AnalysisForm) {
        self.queue = queue
        self.output = output
        self.form = form
    }

    /// Measures everything with so many threads, each of which holds one file at a time; how many files failed.
    func failureCount(jobs: Int) -> Int {
        // A reader that goes away ends the program quietly, also where the parent ignored the signal.
        signal(SIGPIPE, SIG_DFL)
        let interruption = endingBetweenLines(on: SIGINT)
        let slots = DispatchSemaphore(value: jobs * Self.waitingCountMax)
        let finished = DispatchSemaphore(value: 0)
        for _ in 0..<jobs {
            Thread.detachNewThread { [self] in
                work(slots)
                finished.signal()
            }
        }
        for _ in 0..<jobs { finished.wait() }
        interruption.cancel()
        output.end()
        return failures.load(ordering: .relaxed)
    }

    private func work(_ slots: DispatchSemaphore) {
        while true {
            slots.wait()
            guard let (index, file) = queue.next() else { break }
            let text = measure(file)
            for _ in 0..<output.finish(index, text) { slots.signal() }
        }
        slots.signal()
    }

    private func measure(_ file: String) -> AnalysisText {
        let name = FileName(file)
        let text: AnalysisText
        do throws(AudioFileError) { text = try form.text(of: name) } catch { text = form.failure(of: name, error) }
        if text.isFailure { failures.add(1, ordering: .relaxed) }
        return text
    }

    /// The first signal ends the program after the line that is being written, a second one at once.
    private func endingBetweenLines(on number: Int32) -> any DispatchSourceSignal {
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { [output] in
            signal(number, SIG_DFL)
            output.end(by: number)
        }
        source.activate()
        signal(number, SIG_IGN)
        return source
    }
}
