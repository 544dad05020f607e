/// The set that emotion models are fitted on: the 88 values of `FeatureSet`, then 309 more of this program's own.
///
/// The 88 describe a recording by means and spreads of its contours. The others add what these leave out: the whole mel
/// spectrum and cepstrum of voiced, active and unvoiced frames, how fast they change, how their envelopes are modulated
/// between 1 and 32 Hz (syllables and their parts), and how pitch and loudness move. All of them but pitch are the same
/// at any gain.
public enum ExtendedFeatureSet {
    public static let name = "fairvoice-extended"

    /// Grows when values of a recording may change by more than rounding does (docs/decisions/0026); vectors of different versions are
    /// not comparable.
    public static let version = 2

    /// The names in the order of `ExtendedFeatureVector.values`; the 88 stand first.
    public static let names: [String] =
        FeatureSet.names + BandStatistics.names + CepstrumStatistics.names + ModulationSpectrum.names + PitchMovement.names
        + LoudnessMovement.names
}
