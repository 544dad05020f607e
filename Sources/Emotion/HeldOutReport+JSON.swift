import JSON

extension HeldOutReport {
    /// The whole report; groups carry their own recalls and confusion.
    public var json: JSON {
        [
            "all": evaluation.json, "by_speaker": Self.json(bySpeaker), "by_sex": Self.json(bySex),
            "by_corpus": Self.json(byCorpus), "reliability_before": .array(reliabilityBefore.map(\.json)),
            "reliability_after": .array(reliabilityAfter.map(\.json)), "sounds": .array(soundScores.map(\.json)),
            "kinds": .array(kindTallies.map(\.json)),
        ]
    }

    private static func json(_ groups: [Group]) -> JSON {
        .object(JSONObject(members: groups.map { ($0.name, $0.evaluation.json) }))
    }
}
