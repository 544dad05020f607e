import Acoustics
import AudioFiles
import Dispatch
import Foundation
import Synchronization

/// The prints of all files of a folder.
struct PrintFolder {
    /// By file name without its ending, in order.
    let prints: [(name: String, print: Print)]
    /// Files in which too little is said.
    let printlessCount: Int

    /// - Parameter speed: how much faster the files are played.
    init(path: String, speed: Double) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        let found = Mutex([(Int, Print)]())
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            do {
                guard let print = try Self.print(of: "\(path)/\(files[index])", speed: speed) else { return }
                found.withLock { $0.append((index, print)) }
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw BadInput("\(path): \(error)") }
        prints = found.withLock { $0 }.sorted { $0.0 < $1.0 }.map { index, print in
            (String(files[index].prefix { $0 != "." }), print)
        }
        printlessCount = files.count - prints.count
    }

    var meanBytes: Int { prints.reduce(0) { $0 + $1.print.kept.bytes.count } / max(1, prints.count) }

    /// Pairs that are taken for the same speech when each is compared with each, and how near the nearest are.
    func falsePairs() -> (count: Int, leastBitError: Double) {
        let kept = prints.map(\.print.kept)
        let sum = Mutex((count: 0, leastBitError: 1.0))
        DispatchQueue.concurrentPerform(iterations: prints.count) { one in
            for other in kept.indices where other != one {
                guard let match = prints[one].print.match(kept[other]) else { continue }
                sum.withLock { sum in
                    if match.isSame { sum.count += 1 }
                    sum.leastBitError = min(sum.leastBitError, match.bitError)
                }
            }
        }
        return sum.withLock { $0 }
    }

    private static func print(of path: String, speed: Double) throws -> Print? {
        let reader = try AudioFileReader(path: path)
        var resampler = Resampler(fromHz: reader.sampleRateHz, toHz: PrintExtractor.sampleRateHz)
        var samples: [Float] = []
        var block: [Float] = []
        while try reader.read(into: &block, frameCount: 16_384) > 0 { resampler.process(block, into: &samples) }
        resampler.flush(into: &samples)
        var extractor = PrintExtractor()
        extractor.append(speed == 1 ? samples : played(samples, speed))
        return extractor.finish()
    }

    /// Played faster or slower, pitch and all; linear between samples.
    private static func played(_ samples: [Float], _ speed: Double) -> [Float] {
        (0..<max(0, Int(Double(samples.count - 1) / speed))).map { index in
            let place = Double(index) * speed
            let left = Int(place)
            let share = Float(place - Double(left))
            return samples[left] * (1 - share) + samples[left + 1] * share
        }
    }
}
