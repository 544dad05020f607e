import Acoustics
import AudioFiles
import Domain
import Emotion
import JSON

extension Analyser.Result {
    /// Everything that was measured but the features: the receipt's numbers.
    public var measurements: JSON {
        [
            "format": .string(format.rawValue), "channels": .count(channelCount), "truncated": .bool(isTruncated),
            "sample_rate_hz": .count(quality.sampleRateHz), "samples": .integer(quality.sampleCount),
            "duration_seconds": .number(quality.durationSeconds), "snr_db": .orNull(quality.snrDecibels),
            "loudness_lufs": .orNull(quality.loudnessLUFS), "true_peak_db": .orNull(quality.truePeakDecibels),
            "clipped_share": .number(quality.clippedShare), "clipped_runs": .count(quality.clippedRunCount),
            "speech_share": .orNull(quality.speechShare), "leading_silence_seconds": .number(quality.leadingSilenceSeconds),
            "trailing_silence_seconds": .number(quality.trailingSilenceSeconds),
            "longest_pause_seconds": .number(quality.longestPauseSeconds),
            "noise_floor_db": .orNull(quality.noiseFloorDecibels), "bandwidth_hz": .orNull(quality.bandwidthHz),
            "brick_wall_hz": .orNull(quality.brickWallHz), "dc_offset": .number(quality.dcOffset),
            "hum_db": .orNull(quality.humDecibels), "digital_zero_share": .number(quality.digitalZeroShare),
            "dropouts": .count(quality.dropoutCount), "dropout_share": .number(quality.dropoutShare),
            "channel_cancellation_db": .orNull(quality.channelCancellationDecibels),
        ]
    }

    /// The members of `measurements`, in their order.
    public static let measurementNames = [
        "format", "channels", "truncated", "sample_rate_hz", "samples", "duration_seconds", "snr_db", "loudness_lufs",
        "true_peak_db", "clipped_share", "clipped_runs", "speech_share", "leading_silence_seconds", "trailing_silence_seconds",
        "longest_pause_seconds", "noise_floor_db", "bandwidth_hz", "brick_wall_hz", "dc_offset", "hum_db",
        "digital_zero_share", "dropouts", "dropout_share", "channel_cancellation_db",
    ]

    /// The 88 features by name, null where not measurable.
    public var namedFeatures: JSON {
        .object(
            JSONObject(
                members: zip(FeatureSet.names, features.standard.values).map { name, value in
                    (name, value.map { JSON.number(Double($0)) } ?? .null)
                }))
    }

    /// The values that grades are decided by.
    public var gradedValues: [Measure: Double] {
        var values: [Measure: Double] = [
            .durationSeconds: quality.durationSeconds, .clippedShare: quality.clippedShare,
            .dropoutShare: quality.dropoutShare, .dcOffset: quality.dcOffset, .digitalZeroShare: quality.digitalZeroShare,
            .leadingSilenceSeconds: quality.leadingSilenceSeconds, .longestPauseSeconds: quality.longestPauseSeconds,
            .trailingSilenceSeconds: quality.trailingSilenceSeconds, .isTruncated: isTruncated ? 1 : 0,
        ]
        values[.snrDecibels] = quality.snrDecibels
        values[.speechShare] = quality.speechShare
        values[.bandwidthHz] = quality.bandwidthHz
        values[.noiseFloorDecibels] = quality.noiseFloorDecibels
        values[.loudnessLUFS] = quality.loudnessLUFS
        values[.humDecibels] = quality.humDecibels
        values[.truePeakDecibels] = quality.truePeakDecibels
        values[.channelCancellationDecibels] = quality.channelCancellationDecibels
        values[.brickWallHz] = quality.brickWallHz
        return values
    }
}

extension EmotionScore {
    /// The distribution, the label and its confidence, why it is unknown, and against what it was measured.
    public var json: JSON {
        var object: JSONObject = [
            "label": .string(label), "confidence": .number(confidence), "earlier_recordings": .count(earlierCount),
            "distribution": .object(JSONObject(members: distribution.map { ($0.label, .number($0.probability)) })),
        ]
        object["unknown_because"] = (doubt?.rawValue).map(JSON.string)
        for dimension in dimensions {
            object[dimension.name] = ["value": .number(dimension.value), "deviation": .number(dimension.deviation)]
        }
        return .object(object)
    }
}
