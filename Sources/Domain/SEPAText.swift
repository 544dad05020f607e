/// Text in the only characters that every bank of SEPA must take (EPC217-08): a–z A–Z 0–9 / - ? : ( ) . , ' + and the space.
public enum SEPAText {
    /// The text in these characters, at most so many. Letters lose their marks, Greek and Cyrillic are transcribed, what has
    /// no likeness becomes a full stop, control characters and runs of spaces one space.
    public static func transliterate(_ text: String, max: Int) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            for character in likeness(of: scalar) {
                // Never two spaces, and never a slash at the start or behind a slash (EPC217-08 section 6.2).
                if character == " ", result.isEmpty || result.last == " " { continue }
                if character == "/", result.isEmpty || result.last == "/" { continue }
                result.append(character)
            }
        }
        var cut = result.prefix(max)
        while let last = cut.last, last == " " || last == "/" { cut = cut.dropLast() }
        return String(cut)
    }

    /// Whether a bank can make out a name in it: some letter is left.
    public static func isLegible(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in likeness(of: scalar).contains { $0.isLetter } }
    }

    private static func likeness(of scalar: Unicode.Scalar) -> String {
        if scalar.isASCII { return ascii(scalar) }
        if let known = marks[scalar] { return known }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: return ""
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: return " "
        case .dashPunctuation: return "-"
        case .initialPunctuation, .finalPunctuation: return "'"
        case .uppercaseLetter, .titlecaseLetter: return capitalised(letters(of: scalar)) ?? "."
        default: return letters(of: scalar) ?? "."
        }
    }

    private static func ascii(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "/", "-", "?", ":", "(", ")", ".", ",", "'", "+", " ": String(scalar)
        case "&": "+"
        case ";": ","
        case "[", "{": "("
        case "]", "}": ")"
        case "\\", "|": "/"
        case "_", "~": "-"
        case "`": "'"
        case "!"..."~": "."
        default: " "
        }
    }

    /// What the character's name in Unicode says: "LATIN SMALL LETTER A WITH DIAERESIS" is an a.
    private static func letters(of scalar: Unicode.Scalar) -> String? {
        guard let name = scalar.properties.name else { return nil }
        let words = name.split(separator: " ")
        guard words.count >= 4, words[1] == "SMALL" || words[1] == "CAPITAL",
            words[2] == "LETTER" || words[2] == "LIGATURE"
        else { return nil }
        let base = words[3...].prefix { $0 != "WITH" }.joined(separator: " ")
        switch words[0] {
        case "LATIN": return base.utf8.count == 1 ? base.lowercased() : latin[base]
        case "GREEK": return greek[base]
        case "CYRILLIC": return cyrillic[base]
        default: return nil
        }
    }

    private static func capitalised(_ text: String?) -> String? {
        text.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    }

    private static let marks: [Unicode.Scalar: String] = ["€": "E", "´": "'", "·": ".", "ª": "a", "º": "o", "×": "x"]

    private static let latin = [
        "SHARP S": "ss", "AE": "ae", "OE": "oe", "IJ": "ij", "ETH": "d", "THORN": "th", "DOTLESS I": "i", "KRA": "q", "ENG": "n",
        "LONG S": "s", "SCHWA": "e", "EZH": "z", "OPEN E": "e", "OPEN O": "o", "DZ": "dz", "LJ": "lj", "NJ": "nj",
    ]

    private static let greek = [
        "ALPHA": "a", "BETA": "v", "GAMMA": "g", "DELTA": "d", "EPSILON": "e", "ZETA": "z", "ETA": "i", "THETA": "th",
        "IOTA": "i", "KAPPA": "k", "LAMDA": "l", "MU": "m", "NU": "n", "XI": "x", "OMICRON": "o", "PI": "p", "RHO": "r",
        "SIGMA": "s", "FINAL SIGMA": "s", "TAU": "t", "UPSILON": "y", "PHI": "f", "CHI": "ch", "PSI": "ps", "OMEGA": "o",
    ]

    private static let cyrillic = [
        "A": "a", "BE": "b", "VE": "v", "GHE": "g", "DE": "d", "IE": "e", "ZHE": "zh", "ZE": "z", "I": "i", "SHORT I": "y",
        "KA": "k", "EL": "l", "EM": "m", "EN": "n", "O": "o", "PE": "p", "ER": "r", "ES": "s", "TE": "t", "U": "u", "EF": "f",
        "HA": "h", "TSE": "ts", "CHE": "ch", "SHA": "sh", "SHCHA": "sht", "HARD SIGN": "a", "YERU": "y", "SOFT SIGN": "y",
        "E": "e", "YU": "yu", "YA": "ya", "IO": "yo", "DJE": "dj", "GJE": "gj", "UKRAINIAN IE": "ye", "DZE": "dz",
        "BYELORUSSIAN-UKRAINIAN I": "i", "YI": "yi", "JE": "j", "LJE": "lj", "NJE": "nj", "TSHE": "c", "KJE": "kj",
        "SHORT U": "u", "DZHE": "dz",
    ]
}
