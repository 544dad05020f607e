/// How well a recording was made. Measured at its own sample rate; nil where it cannot be measured, never NaN or infinite.
public struct Quality: Sendable, Equatable {
    /// Grows when the same samples may give values that differ by more than rounding (docs/decisions/0026).
    public static let version = 3

    public let sampleRateHz: Int
    public let sampleCount: Int64
    public let durationSeconds: Double

    /// Level of speech over noise: the level difference of speech and pauses, together with WADA (Kim and Stern 2008).
    public let snrDecibels: Double?
    /// Integrated loudness with gates (ITU-R BS.1770-4): the energies of all channels added, each with the weight 1.
    public let loudnessLUFS: Double?
    /// Highest peak of any channel between the samples, over full scale (ITU-R BS.1770-4, annex 2). Digital silence has none.
    public let truePeakDecibels: Double?
    /// By how much the mean of the channels is weaker than that of independent ones would be, 0…60 dB; nil for one channel.
    public let channelCancellationDecibels: Double?

    /// Share of samples in clipped runs, three or more at full scale or on a flat top at a level below it where several stop, in the worst
    /// channel.
    public let clippedShare: Double
    public let clippedRunCount: Int

    /// Share of time with speech; nil where nothing separates speech from background.
    public let speechShare: Double?
    public let leadingSilenceSeconds: Double
    public let trailingSilenceSeconds: Double
    /// The longest pause between first and last speech.
    public let longestPauseSeconds: Double

    /// Level of the quietest tenth of the recording, relative to full scale; digital silence left out.
    public let noiseFloorDecibels: Double?
    /// Up to where the spectrum holds signal.
    public let bandwidthHz: Double?
    /// Where the spectrum breaks off abruptly well below half the sample rate: the sign of a recording made at a lower rate
    /// or sent through a coder.
    public let brickWallHz: Double?
    /// Mean of all samples, full scale 1.
    public let dcOffset: Double
    /// How far lines of the mains (50 or 60 Hz and multiples) stand over their surroundings in the quietest moments.
    public let humDecibels: Double?

    /// Share of samples in runs of digital zero of 5 ms or more.
    public let digitalZeroShare: Double
    /// Runs of one value of 1 to 200 ms that break off a sounding signal: zeros, a held sample, a gap at the offset's level.
    public let dropoutCount: Int
    /// Share of samples in these runs.
    public let dropoutShare: Double
}
