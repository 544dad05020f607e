/// What is in a model's file. The market can't read one: the program can, by way of `ModelSummaries`.
public struct ModelSummary: Sendable, Equatable {
    /// What a file says of its model.
    public struct Content: Sendable, Equatable {
        /// The features that the model was fitted on.
        public let featureSet: String
        /// Vectors of another version mean something else.
        public let featureSetVersion: Int64
        /// Names of what it was fitted on.
        public let corpora: [String]
        /// On speakers that it had not heard, between 0 and 1.
        public let unweightedAverageRecall: Double

        /// All that a file says.
        public init(featureSet: String, featureSetVersion: Int64, corpora: [String], unweightedAverageRecall: Double) {
            self.featureSet = featureSet
            self.featureSetVersion = featureSetVersion
            self.corpora = corpora
            self.unweightedAverageRecall = unweightedAverageRecall
        }
    }

    /// No model's file may be longer, in bytes.
    public static let fileByteCountMax = 16 << 20

    /// Nil for a file that can't be read.
    public let content: Content?
    /// Why this program can't score with it and what helps, in words that follow a colon; nil where it can.
    public let fault: String?

    /// A model that scores where there is no fault.
    public init(_ content: Content, fault: String? = nil) {
        self.content = content
        self.fault = fault
    }

    /// A file that can't be read.
    public init(unreadable fault: String) {
        content = nil
        self.fault = fault
    }
}
