/// Where a licensed model will be used. Some uses are refused by code, whatever contributors granted.
public enum UseContext: String, CaseIterable, Sendable {
    case general, healthcare, safety, entertainment, research, workplace, education

    /// Why the purpose may not be licensed for this context, nil where it may: inferring emotions of people at work or
    /// in education is prohibited (Regulation (EU) 2024/1689, Article 5(1)(f)).
    public func prohibition(of purpose: Purpose) -> String? {
        guard purpose == .emotionRecognition || purpose == .healthInference, self == .workplace || self == .education else {
            return nil
        }
        return """
            Inferring emotions or health at work or in education is prohibited (EU AI Act, Article 5(1)(f)); \
            no licence is sold for it.
            """
    }
}
