import JSON

/// How often sounds of one kind were refused as no speech.
public struct SoundScore: Sendable, Equatable {
    /// What the sounds are called.
    public let name: String
    /// Sounds times the models that heard them.
    public let count: Int
    /// Of these, so many were refused.
    public let refusedCount: Int

    init(name: String, count: Int, refusedCount: Int) {
        self.name = name
        self.count = count
        self.refusedCount = refusedCount
    }

    /// Every sound by every test, in the order of their first names.
    static func scores(of sounds: [Sound], _ tests: [SpeechTest]) -> [SoundScore] {
        var names: [String] = []
        for sound in sounds where !names.contains(sound.name) { names.append(sound.name) }
        return names.map { name in
            let vectors = sounds.filter { $0.name == name }.map(\.vector)
            let refusedCount = tests.reduce(0) { sum, test in sum + vectors.count { test.doubt(about: $0) != nil } }
            return SoundScore(name: name, count: vectors.count * tests.count, refusedCount: refusedCount)
        }
    }

    /// Name and both counts.
    public var json: JSON {
        ["name": .string(name), "count": .integer(Int64(count)), "refused": .integer(Int64(refusedCount))]
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        self.init(
            name: try content.text("name"), count: try content.integer("count"), refusedCount: try content.integer("refused"))
    }
}

extension [SoundScore] {
    /// Share of all that were refused.
    public var refusedShare: Double {
        Double(reduce(0) { $0 + $1.refusedCount }) / Double(Swift.max(1, reduce(0) { $0 + $1.count }))
    }
}
