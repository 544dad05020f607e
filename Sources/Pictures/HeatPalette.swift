/// From dark to light, each step about as much lighter to the eye as the last, so that levels can be told in grey too.
enum HeatPalette {
    static let colourCount = 64

    /// Places and colours between which the others lie.
    private static let stops: [(place: Double, red: Double, green: Double, blue: Double)] = [
        (0, 8, 10, 32), (0.25, 60, 20, 95), (0.5, 155, 45, 100), (0.75, 230, 115, 60), (1, 255, 240, 180),
    ]

    static let colours: [(UInt8, UInt8, UInt8)] = (0..<colourCount).map { index in
        let place = Double(index) / Double(colourCount - 1)
        let after = stops.firstIndex { $0.place >= place && $0.place > 0 }!
        let (low, high) = (stops[after - 1], stops[after])
        let share = (place - low.place) / (high.place - low.place)
        func mixed(_ one: Double, _ other: Double) -> UInt8 { UInt8((one + share * (other - one)).rounded()) }
        return (mixed(low.red, high.red), mixed(low.green, high.green), mixed(low.blue, high.blue))
    }
}
