/// How rejections can be appealed: the card's section `appeals`. The card of the recording's own quote counts.
public struct AppealRules: Hashable, Sendable {
    /// Days after the rejection.
    public var days: Int64
    /// So many fresh reviewers of one mind decide.
    public var verdicts: Int64
    /// The grade at which a recording is paid that reviewers find usable.
    public var grade: Grade

    public init(days: Int64, verdicts: Int64, grade: Grade) {
        self.days = days
        self.verdicts = verdicts
        self.grade = grade
    }

    /// What holds where a card has no such section.
    public static let standard = AppealRules(days: 30, verdicts: 2, grade: .c)

    /// Reviewers that are needed at most until so many are of one mind.
    public var reviewersMax: Int64 { 2 * verdicts - 1 }
}
