/// What going back led to.
public struct ModelRollback: Sendable, Equatable {
    /// An earlier model that this program can't score with.
    public struct PassedOver: Sendable, Equatable {
        /// The model's id.
        public let model: String
        /// Why it can't score and what helps, in words that follow a colon.
        public let fault: String
    }

    /// What is in force now; nil for none.
    public let model: String?
    /// The newest first; empty where the model before could be gone back to.
    public let passedOver: [PassedOver]
}
