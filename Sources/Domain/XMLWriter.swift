/// Writes elements, one a line.
struct XMLWriter {
    private(set) var content = ""

    mutating func raw(_ text: String) { content += text }

    mutating func text(_ name: String, _ text: String) { element(name, [], text: text) }

    mutating func element(_ name: String, _ attributes: [(String, String)] = [], _ body: (inout XMLWriter) -> Void) {
        open(name, attributes)
        content += "\n"
        body(&self)
        content += "</\(name)>\n"
    }

    mutating func element(_ name: String, _ attributes: [(String, String)], text: String) {
        open(name, attributes)
        content += "\(Self.escaped(text))</\(name)>\n"
    }

    private mutating func open(_ name: String, _ attributes: [(String, String)]) {
        content += "<\(name)"
        for (key, value) in attributes { content += " \(key)=\"\(Self.escaped(value))\"" }
        content += ">"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
