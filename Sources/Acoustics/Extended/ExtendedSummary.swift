/// From contours and mel bands to all values, in the order of `ExtendedFeatureSet.names`.
struct ExtendedSummary: Sendable {
    private let standard: FeatureSummary
    private let bands: BandFrames

    init(_ standard: FeatureSummary, log2BandPower: [Float]) {
        self.standard = standard
        bands = BandFrames(log2Power: log2BandPower)
    }

    var vector: ExtendedFeatureVector {
        let isVoiced = standard.isVoiced
        let own =
            BandStatistics(bands, isVoiced: isVoiced).values + CepstrumStatistics(bands, isVoiced: isVoiced).values
            + ModulationSpectrum(bands).values + PitchMovement(standard.smoothedPitch).values
            + LoudnessMovement(standard.loudness, bands, isVoiced: isVoiced).values
        return ExtendedFeatureVector(values: standard.vector.values + own.map { $0.map(Float.init) })!
    }
}
