/// What a model is trained for. Everything is off until a contributor grants it.
public enum Purpose: String, CaseIterable, Sendable {
    case emotionRecognition = "emotion-recognition"
    case speechRecognition = "speech-recognition"
    case speechSynthesis = "speech-synthesis"
    case voiceConversion = "voice-conversion"
    case speakerRecognition = "speaker-recognition"
    case healthInference = "health-inference"
    case researchOnly = "research-only"
    case advertising
}
