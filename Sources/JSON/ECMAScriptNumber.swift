/// Doubles as ECMAScript's `Number::toString` writes them (ECMA-262 section 6.1.6.1.20), which RFC 8785 prescribes.
enum ECMAScriptNumber {
    /// The text of a finite number; negative zero is "0".
    static func text(of number: Double) -> String {
        guard number != 0 else { return "0" }
        let (digits, point) = decimal(number.magnitude)
        return (number < 0 ? "-" : "") + layOut(digits, point: point)
    }

    /// Shortest digits that read back as the number, and the place of the decimal point counted from their left.
    private static func decimal(_ magnitude: Double) -> (digits: String, point: Int) {
        let parts = magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
        let exponent = parts.count > 1 ? Int(parts[1])! : 0
        let all = mantissa[0] + fraction
        let digits = all.drop { $0 == "0" }
        let point = mantissa[0].count + exponent - (all.count - digits.count)
        return (trimmed(digits), point)
    }

    private static func trimmed(_ digits: Substring) -> String {
        var digits = digits
        while digits.last == "0" { digits.removeLast() }
        return String(digits)
    }

    private static func layOut(_ digits: String, point: Int) -> String {
        let count = digits.count
        switch point {
        case count...21 where count <= point: return digits + zeros(point - count)
        case 1...21: return digits.prefix(point) + "." + digits.dropFirst(point)
        case -5...0: return "0." + zeros(-point) + digits
        default:
            let exponent = point - 1
            let fraction = count > 1 ? "." + digits.dropFirst() : ""
            return digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+") + String(abs(exponent))
        }
    }

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
}
