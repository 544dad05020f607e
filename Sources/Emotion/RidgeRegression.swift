/// A weighted sum of features that comes near to targets: the least mean square error plus a penalty on the squared norm of
/// the weights (Hoerl and Kennard, Technometrics 12(1), 1970), solved by Cholesky's decomposition. Deterministic.
struct RidgeRegression: Sendable {
    private let gram: [[Double]]
    private let products: [Double]
    private let means: [Double]
    private let targetMean: Double

    /// - Parameters:
    ///   - rows: standardised features; at least one row.
    ///   - targets: one a row.
    init(_ rows: [[Double]], targets: [Double]) {
        let (width, count) = (rows[0].count, Double(rows.count))
        let targetMean = targets.reduce(0, +) / count
        let means = (0..<width).map { feature in rows.reduce(0) { $0 + $1[feature] } / count }
        var gram = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
        var products = [Double](repeating: 0, count: width)
        for (row, target) in zip(rows, targets) {
            let centred = zip(row, means).map { $0 - $1 }
            for one in 0..<width {
                products[one] += centred[one] * (target - targetMean) / count
                let factor = centred[one] / count
                gram[one].withUnsafeMutableBufferPointer { gram in
                    centred.withUnsafeBufferPointer { centred in
                        for other in 0...one { gram[other] += factor * centred[other] }
                    }
                }
            }
        }
        (self.gram, self.products, self.means, self.targetMean) = (gram, products, means, targetMean)
    }

    /// A weight for each feature, then the intercept.
    ///
    /// - Parameter penalty: positive.
    func weights(penalty: Double) -> [Double] {
        var penalised = gram
        for one in products.indices { penalised[one][one] += penalty }
        let weights = CholeskyFactor(penalised).solution(products)
        return weights + [targetMean - zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 }]
    }
}
