/// Times and bands of prints.
public enum PrintGrid {
    /// Samples of 16 kHz for each of the lower rate, 5333 Hz, at which prints are taken.
    static let decimation = 3
    /// 384 ms at the lower rate.
    static let length = 2048
    /// 12 ms at the lower rate.
    static let hop = 64
    /// Seconds from one sub-print to the next.
    public static let hopSeconds = 0.012
    /// Sub-prints of a query for each one that is kept.
    static let keptStep = 4
    /// 33 bands of equal ratio give 32 differences.
    static let bandCount = 33
    static let lowestHz = 300.0
    static let highestHz = 2000.0
    /// Bands of the print itself, and moved by 2 % up and down: tempo and pitch rise together when speech is played faster.
    static let tunings = [1.0, 1.02, 1 / 1.02]
    /// Frames that a difference in time reaches back.
    static let lag = 1
    /// Frames this far below the loudest one are silence: their bits are those of the noise.
    static let silenceRatio: Float = 1e-3
    /// Speech that a print needs, in sub-prints that are not silent: 1 s with the window. Less is too easily alike.
    static let countMin = 52
    /// Speech that a print is taken of: memory and bytes are bounded, whatever the recording's length. What comes behind the
    /// first minute is not looked at.
    public static let secondsMax = 60.0
    static let countMax = 5000
    static let keptCountMax = countMax / keptStep
}
