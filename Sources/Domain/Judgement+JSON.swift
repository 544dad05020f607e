import JSON

extension Judgement {
    /// The emotions that have weight, as shares.
    public var emotionsJSON: JSON {
        .object(
            JSONObject(
                members: Emotion.allCases.compactMap { emotion in
                    emotions[emotion].flatMap { $0 > 0 ? (emotion.rawValue, .number(Double($0) / 1000)) : nil }
                }))
    }

    /// Reads the fields of a review; what is missing or does not fit is reported.
    public init(reader: inout ObjectReader) {
        let isUsable = reader.bool("usable")
        let told = reader.optionalStrings("reasons", count: 0...Review.Reason.allCases.count, max: 40) ?? []
        let reasons = Review.Reason.allCases.filter { told.contains($0.rawValue) }
        if reasons.count != Set(told).count {
            reader.refuse("reasons", "must be of \(Review.Reason.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let emotions = reader.optionalObject("emotions") { Self.weights(&$0) } ?? [:]
        let steps = Ratings.steps
        let values = ["arousal", "valence", "dominance"].map { reader.optionalInteger($0, in: steps) }
        if isUsable {
            if emotions.isEmpty, !reader.has("emotions") {
                reader.refuse("emotions", "is required where the recording is usable")
            }
            for (key, value) in zip(["arousal", "valence", "dominance"], values) where value == nil && !reader.has(key) {
                reader.refuse(key, "is required where the recording is usable: a whole number from 1 to 9")
            }
            if !reasons.isEmpty { reader.refuse("reasons", "must be left out where the recording is usable") }
        } else if reasons.isEmpty {
            reader.refuse("reasons", "must say why the recording is not usable")
        }
        self.init(
            emotions: isUsable ? emotions : [:],
            ratings: isUsable
                ? Ratings(arousal: values[0] ?? 1, valence: values[1] ?? 1, dominance: values[2] ?? 1) : nil,
            isUsable: isUsable, reasons: reasons)
    }

    /// Shares of at most three decimals that add up to 1, within one thousandth for what can't be divided evenly.
    private static func weights(_ reader: inout ObjectReader) -> [Emotion: Int64] {
        var weights: [Emotion: Int64] = [:]
        for emotion in Emotion.allCases {
            guard let share = reader.optionalNumber(emotion.rawValue, in: 0...1) else { continue }
            weights[emotion] = Int64((share * 1000).rounded())
        }
        if abs(weights.values.reduce(0, +) - 1000) > 1 { reader.refuse(reader.pointer, "must add up to 1") }
        return weights
    }
}
