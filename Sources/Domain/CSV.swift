/// Comma-separated values (RFC 4180) that a spreadsheet can open without harm.
public enum CSV {
    /// One row, ended by CRLF. A cell that a spreadsheet would take for a formula gets an apostrophe before it, unless it is
    /// a number.
    public static func row(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    private static func cell(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(first), Decimal6.parse(text) == nil {
            text = "'" + text
        }
        guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
