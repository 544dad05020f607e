/// Rows dealt into parts by speaker, so that no speaker is in two of them.
package struct SpeakerFolds: Sendable, Equatable {
    /// One a row: its part.
    package let parts: [Int]
    package let count: Int

    /// Deals the speakers out in turn, in their order: as many parts as allowed and as there are speakers.
    ///
    /// - Parameter speakers: the speaker of each row.
    package init(_ speakers: [Int], countMax: Int) {
        let present = Set(speakers).sorted()
        let count = min(countMax, present.count)
        let part = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, $0 % count) })
        parts = speakers.map { part[$0]! }
        self.count = count
    }

    /// The rows of one part, in order.
    package func inside(_ part: Int) -> [Int] { parts.indices.filter { parts[$0] == part } }

    /// The rows of all other parts, in order.
    package func outside(_ part: Int) -> [Int] { parts.indices.filter { parts[$0] != part } }
}
