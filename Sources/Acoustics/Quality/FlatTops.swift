/// Flat tops on one side of zero by level, and which of them stand at a limit: at the outermost level, or at one where several stop.
struct FlatTops: Sendable {
    /// Lower ones are not kept.
    private static let levelMin: Float = 1 / 1024
    /// The outermost level is as wide as this share of it, since a limit may be soft.
    private static let width: Float = 0.03
    /// Fewer flat tops at the outermost level are chance.
    private static let runCountMin = 3
    /// Fewer at one value beneath it are chance, neighbours of one step of 16 bits included.
    private static let runCountBeneathMin = 6

    private var byLevel: [Int32: (runs: Int, samples: Int)] = [:]

    /// Takes a flat top at a level over zero, and its samples.
    mutating func add(_ level: Float, _ length: Int) {
        guard level >= Self.levelMin else { return }
        let old = byLevel[Self.key(level)] ?? (0, 0)
        byLevel[Self.key(level)] = (old.runs + 1, old.samples + length)
    }

    /// What stands at a limit, with the highest sample given.
    func counted(under highest: Float) -> (runs: Int, samples: Int) {
        let lowest = Self.key((1 - Self.width) * highest)
        var outermost = (runs: 0, samples: 0)
        var beneath = (runs: 0, samples: 0)
        for (level, tops) in byLevel {
            if level >= lowest {
                outermost = (outermost.runs + tops.runs, outermost.samples + tops.samples)
            } else if runCount(around: level) >= Self.runCountBeneathMin {
                beneath = (beneath.runs + tops.runs, beneath.samples + tops.samples)
            }
        }
        guard outermost.runs >= Self.runCountMin else { return beneath }
        return (outermost.runs + beneath.runs, outermost.samples + beneath.samples)
    }

    private func runCount(around level: Int32) -> Int {
        (level - 1...level + 1).reduce(0) { $0 + (byLevel[$1]?.runs ?? 0) }
    }

    /// Steps of 16 bits up to full scale and wider ones beyond, so that there are no more than 63,488, however long a recording is.
    private static func key(_ level: Float) -> Int32 {
        if level <= 1 { return Int32(max(0, level) * 32768 + 0.5) }
        return 32768 + Int32((min(16, level) - 1) * 2048 + 0.5)
    }
}
