import Foundation

/// A part of the picture with its own vertical axis: values over the common time.
struct Panel {
    let title: String
    let top: Double
    let height: Double
    let range: ClosedRange<Double>
    /// Values at which a line and a number stand.
    let ticks: [(value: Double, text: String)]

    static let left = 64.0
    static let width = 840.0

    func y(_ value: Double) -> Double {
        let inside = min(range.upperBound, max(range.lowerBound, value))
        return top + height * (range.upperBound - inside) / (range.upperBound - range.lowerBound)
    }

    /// Frame, title and ticks.
    var frame: String {
        var parts = [
            #"<rect class="frame" x="\#(SVGPath.number(Self.left))" y="\#(SVGPath.number(top))" width="\#(SVGPath.number(Self.width))" height="\#(SVGPath.number(height))"/>"#,
            #"<text class="name" x="\#(SVGPath.number(Self.left))" y="\#(SVGPath.number(top - 6))">\#(title)</text>"#,
        ]
        for tick in ticks {
            let y = y(tick.value)
            parts.append(
                #"<path class="tick" d="M\#(SVGPath.number(Self.left - 4)) \#(SVGPath.number(y))h4"/>"#
                    + #"<text class="number" x="\#(SVGPath.number(Self.left - 8))" y="\#(SVGPath.number(y + 3.5))">\#(tick.text)</text>"#
            )
        }
        return parts.joined(separator: "\n")
    }
}
