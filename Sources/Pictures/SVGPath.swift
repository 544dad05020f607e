import Foundation

/// The data of a path, built point by point.
struct SVGPath {
    private(set) var data = ""
    private var isOpen = false

    /// To one decimal place: a tenth of a pixel is not seen.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : String(format: "%.1f", Double(tenths) / 10)
    }

    mutating func line(to x: Double, _ y: Double) {
        data += (isOpen ? "L" : "M") + Self.number(x) + " " + Self.number(y)
        isOpen = true
    }

    /// The next point begins a line of its own.
    mutating func lift() { isOpen = false }

    mutating func dot(_ x: Double, _ y: Double) { data += "M" + Self.number(x) + " " + Self.number(y) + "h0" }

    mutating func close() {
        data += "Z"
        isOpen = false
    }
}
