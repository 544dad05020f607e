import Acoustics
import Foundation

/// Many prints in an index: those of real recordings, and others whose sub-prints are as common as real ones, because they are
/// made out of pieces of the same recordings at other speeds.
final class PrintCrowd {
    /// More than 6 % from each other and from 1, so that a piece is no copy of its original.
    private static let speeds = [0.70, 0.75, 0.80, 0.86, 1.15, 1.23, 1.32, 1.41]
    static let strangerSpeed = 1.07
    /// About 3 s of speech.
    private static let subprintCount = 53
    private static let pieceCounts = 12...41

    let buildSeconds: Double
    private var index: PrintIndex
    private var names: [Int: String] = [:]

    /// What came of looking a folder up.
    struct Outcome {
        var found = 0
        var others = 0
        var worstBitError = 0.0
        /// CPU time of each look-up.
        var milliseconds: [Double] = []

        var worstMilliseconds: Double { milliseconds.max() ?? 0 }

        var line: String {
            let sorted = milliseconds.sorted()
            let median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
            return """
                found \(found) of \(milliseconds.count), others \(others), largest bit error \(rounded(worstBitError)), \
                CPU of a look-up: median \(rounded(median)) ms, longest \(rounded(worstMilliseconds)) ms
                """
        }
    }

    init(_ known: PrintFolder, folder: String, count: Int, seed: UInt64) throws {
        var pieces: [[UInt8]] = []
        for speed in Self.speeds {
            pieces += try PrintFolder(path: folder, speed: speed).prints.map { $0.print.kept.bytes }
        }
        guard !pieces.isEmpty, !known.prints.isEmpty, count >= known.prints.count else {
            throw BadInput("\(folder) holds too little speech, or more recordings than --recordings")
        }
        index = PrintIndex(expectedCount: count * Self.subprintCount)
        var chance = Chance(state: seed)
        let start = DispatchTime.now()
        let step = count / known.prints.count
        for number in 0..<count {
            if number % step == 0, number / step < known.prints.count {
                let (name, print) = known.prints[number / step]
                names[index.insert(print.kept)] = name
            } else if let made = Self.made(of: pieces, &chance) {
                _ = index.insert(made)
            }
        }
        buildSeconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    }

    var bytesEach: Int { index.byteCount / max(1, index.count) }

    /// - Parameter known: the originals that the folder's files are copies of; nil where it holds strangers.
    func lookUp(_ folder: PrintFolder, expecting known: PrintFolder?) -> Outcome {
        var outcome = Outcome()
        for (name, print) in folder.prints {
            let start = Self.cpuNanoseconds()
            let matches = index.matches(of: print)
            outcome.milliseconds.append(Double(Self.cpuNanoseconds() - start) / 1e6)
            for (number, match) in matches {
                if known != nil, names[number] == name {
                    outcome.found += 1
                    outcome.worstBitError = max(outcome.worstBitError, match.bitError)
                } else {
                    outcome.others += 1
                }
            }
        }
        return outcome
    }

    /// Of this thread: on a busy machine the clock on the wall measures the neighbours.
    private static func cpuNanoseconds() -> Int {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return now.tv_sec * 1_000_000_000 + now.tv_nsec
    }

    private static func made(of pieces: [[UInt8]], _ chance: inout Chance) -> KeptPrint? {
        var bytes: [UInt8] = []
        while bytes.count < 4 * subprintCount {
            let piece = pieces[Int.random(in: pieces.indices, using: &chance)]
            let count = min(piece.count / 4, Int.random(in: pieceCounts, using: &chance))
            let first = Int.random(in: 0...(piece.count / 4 - count), using: &chance)
            bytes += piece[4 * first..<4 * (first + count)]
        }
        bytes.removeLast(bytes.count - 4 * subprintCount)
        // One bit in sixteen, so that a piece does not stand there hundreds of times.
        for place in stride(from: 0, to: bytes.count, by: 4) where bytes[place..<place + 4].contains(where: { $0 != 0 }) {
            let turned = chance.next() & chance.next() & chance.next() & chance.next()
            for byte in 0..<4 { bytes[place + byte] ^= UInt8(truncatingIfNeeded: turned >> (8 * UInt64(byte))) }
        }
        return KeptPrint(bytes: bytes)
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    private struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
