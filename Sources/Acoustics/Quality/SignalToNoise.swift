import Foundation

/// One ratio out of two ways to measure it: the level difference of speech and pauses, which is right where there are
/// pauses with nothing but noise, and WADA, which needs no pauses but only ranks above 20 dB.
struct SignalToNoise: Sendable {
    /// Within -20…80; nil where neither way has enough to go by.
    let decibels: Double?

    init(speech: SpeechActivity, wadaDecibels: Double?) {
        let difference = Self.difference(speech)
        switch (difference, wadaDecibels) {
        case (let difference?, let wada?):
            // Below 20 dB both tell the same thing, above only the difference does.
            let trust = min(0.5, max(0, (25 - difference) / 20))
            decibels = (1 - trust) * difference + trust * min(wada, difference + 10)
        case (let difference?, nil): decibels = difference
        case (nil, let wada?): decibels = speech.isSpeech?.contains(true) == true ? wada : nil
        case (nil, nil): decibels = nil
        }
    }

    private static func difference(_ speech: SpeechActivity) -> Double? {
        guard let signal = speech.speechMeanSquare, let noise = speech.pauseMeanSquare else { return nil }
        return min(80, max(-20, 10 * log10(max(1e-3, signal / noise - 1))))
    }
}
