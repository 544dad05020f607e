/// Where one period of a voiced stretch stands, and how large it is.
struct PeriodMark: Sendable {
    /// In samples from the stretch's beginning.
    var place: Double
    /// Against the mean of the periods around it.
    var amplitude: Double
}
