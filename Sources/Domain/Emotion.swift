/// The categories of emotion that scenarios ask for and models score.
public enum Emotion: String, CaseIterable, Sendable {
    case anger, boredom, disgust, fear, happiness, neutral, sadness, surprise
}
