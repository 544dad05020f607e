/// Mean and spread of values.
struct Statistics: Sendable {
    /// nil for no values.
    let mean: Double?
    /// Deviation of the population; nil for fewer than two values.
    let deviation: Double?

    init(_ values: some Collection<Float>) {
        guard !values.isEmpty else {
            mean = nil
            deviation = nil
            return
        }
        let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
        self.mean = mean
        guard values.count > 1 else {
            deviation = nil
            return
        }
        let squares = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        deviation = (squares / Double(values.count)).squareRoot()
    }

    /// Deviation over mean (`stddevNorm` of eGeMAPS, Eyben et al. 2016), with the mean's sign; a share without unit. nil where the mean is
    /// 0 for all practical purposes: the bound is this program's own.
    var variationCoefficient: Double? {
        guard let mean, let deviation, abs(mean) > 1e-9, abs(mean) > 1e-6 * deviation else { return nil }
        return deviation / mean
    }
}
