extension [TrainingExample] {
    /// Refuses a file that is given more than once, be it under two speakers or under one: held out, it would still be heard.
    ///
    /// Files of other bytes are other files, also where they sound the same; examples without a hash are not compared.
    func requireDistinctFiles() throws(TrainingError) {
        var first: [String: TrainingExample] = [:]
        var pairs: [(TrainingExample, TrainingExample)] = []
        for example in self where !example.sha256.isEmpty {
            if let known = first[example.sha256] { pairs.append((known, example)) } else { first[example.sha256] = example }
        }
        guard let (one, other) = pairs.first else { return }
        throw .sameFile(one.placeText, other.placeText, moreCount: pairs.count - 1)
    }
}

extension TrainingExample {
    /// The place with the speaker, or the speaker alone where nobody said the place.
    fileprivate var placeText: String {
        place.isEmpty ? "a file of \(source)/\(speaker)" : "\(place) of speaker \(speaker)"
    }
}
