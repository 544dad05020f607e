/// One review as reliability sees it: who heard what above all, and what is right where that is known.
public struct ReviewEvidence: Hashable, Sendable {
    public var recording: ID<Recording>
    public var reviewer: ID<Contributor>
    /// Nil where the recording was found unusable.
    public var heard: Emotion?
    public var gold: Gold?

    /// The right answer; nil emotion where it is that the recording can't be used.
    public struct Gold: Hashable, Sendable {
        public var emotion: Emotion?

        public init(emotion: Emotion?) { self.emotion = emotion }
    }

    public init(recording: ID<Recording>, reviewer: ID<Contributor>, heard: Emotion?, gold: Gold?) {
        self.recording = recording
        self.reviewer = reviewer
        self.heard = heard
        self.gold = gold
    }
}

extension ReviewBatch.Part {
    /// Reliability of every reviewer in a language by Dawid and Skene, gold items held at their known answer, and the
    /// agreement of the batch. "Unusable" is a category of its own beside the emotions.
    public init(language: Language, _ evidence: [ReviewEvidence]) {
        let recordings = Set(evidence.map(\.recording)).sorted()
        let reviewers = Set(evidence.map(\.reviewer)).sorted()
        let items = Dictionary(uniqueKeysWithValues: recordings.enumerated().map { ($1, $0) })
        let people = Dictionary(uniqueKeysWithValues: reviewers.enumerated().map { ($1, $0) })
        func category(_ emotion: Emotion?) -> Int {
            emotion.flatMap { Emotion.allCases.firstIndex(of: $0) } ?? Emotion.allCases.count
        }
        let answers = evidence.map {
            DawidSkene.Answer(item: items[$0.recording]!, person: people[$0.reviewer]!, category: category($0.heard))
        }.sorted { ($0.item, $0.person) < ($1.item, $1.person) }
        var known: [Int: Int] = [:]
        for one in evidence { if let gold = one.gold { known[items[one.recording]!] = category(gold.emotion) } }
        let model = DawidSkene(
            answers, itemCount: recordings.count, personCount: reviewers.count, categoryCount: Emotion.allCases.count + 1,
            known: known)
        var units = [[Int]](repeating: [], count: recordings.count)
        for answer in answers { units[answer.item].append(answer.category) }
        let given = Dictionary(grouping: evidence, by: \.reviewer)
        self.init(
            language: language, recordingCount: Int64(recordings.count), reviewCount: Int64(evidence.count),
            alpha: KrippendorffAlpha.nominal(units),
            reviewers: reviewers.map { reviewer in
                let own = given[reviewer] ?? []
                return Reliability(
                    reviewer: reviewer,
                    value: Factor(thousandths: Int64((model.accuracy(of: people[reviewer]!) * 1000).rounded())),
                    reviewCount: Int64(own.count), goldCount: Int64(own.count { $0.gold != nil }),
                    goldCorrect: Int64(own.count { one in one.gold.map { $0.emotion == one.heard } ?? false }))
            })
    }
}
