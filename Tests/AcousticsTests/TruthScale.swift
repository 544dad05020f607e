import Foundation

/// How many random cases the tests against known truth look at: their own number, or by `make truth` many more, whose figures are
/// printed.
enum TruthScale {
    private static let factor = ProcessInfo.processInfo.environment["FAIRVOICE_TRUTH_FACTOR"].flatMap(Int.init)

    static func count(_ usual: Int) -> Int { usual * (factor ?? 1) }

    /// Prints a figure where figures are wanted.
    static func report(_ what: String, _ figures: Double...) {
        guard factor != nil else { return }
        print("truth: \(what): " + figures.map { String(format: "%.4f", $0) }.joined(separator: ", "))
    }
}
