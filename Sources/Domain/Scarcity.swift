/// How far the accepted hours of a cell fall short of the hours wanted, and the premium that follows.
public struct Scarcity: Hashable, Sendable {
    public let cell: Cell
    /// Hours wanted and accepted, in seconds.
    public let wantedSeconds: Int64
    public let acceptedSeconds: Int64

    public init(cell: Cell, wantedSeconds: Int64, acceptedSeconds: Int64) {
        self.cell = cell
        self.wantedSeconds = wantedSeconds
        self.acceptedSeconds = acceptedSeconds
    }

    public var openSeconds: Int64 { max(0, wantedSeconds - acceptedSeconds) }
}

/// The rule of a rate card that turns a gap into a factor: `1 + slope × open / wanted`, at most `cap`.
public struct ScarcityRule: Hashable, Sendable {
    public var slope: Factor
    public var cap: Factor
    /// Hours for which a premium holds before it is computed again.
    public var validHours: Int64

    public init(slope: Factor, cap: Factor, validHours: Int64 = Self.validHoursStandard) {
        self.slope = slope
        self.cap = cap
        self.validHours = validHours
    }

    /// What holds for a card that does not say.
    public static let validHoursStandard: Int64 = 24

    /// The factor, rounded half to even to thousandths; 1 where nothing is wanted.
    public func factor(for scarcity: Scarcity?) -> Factor {
        guard let scarcity, scarcity.wantedSeconds > 0 else { return .one }
        let rise = Rounding.halfToEven(
            Int128(slope.thousandths) * Int128(scarcity.openSeconds), over: Int128(scarcity.wantedSeconds))
        return min(cap, Factor(thousandths: 1000 + Int64(clamping: min(rise, Int128(Factor.thousandthsMax)))))
    }
}
