import JSON

extension Withholding {
    public var json: JSON {
        .object(
            JSONObject(
                members: rules.sorted { $0.key < $1.key }.map { region, rule in
                    let members: JSON = [
                        "jurisdiction": .string(rule.jurisdiction), "rate": .string(rule.rate.decimal),
                        "threshold_per_year": .string(rule.thresholdPerYear.decimal),
                    ]
                    return (region, members as JSON?)
                }))
    }

    /// Reads the rules by region. The jurisdiction is the region where it is left out; "*" must name one.
    init?(reader: inout ObjectReader, regions: [String], currency: Currency) {
        rules = [:]
        for region in regions {
            guard region == "*" || Self.isRegion(region) else {
                reader.refuse(region, "must be an ISO 3166 code such as US, or *")
                _ = reader.optionalJSON(region)
                continue
            }
            rules[region] = reader.object(region) { reader in
                let named = reader.optionalParsed("jurisdiction", "must be an ISO 3166 code such as US or US-CA") { text in
                    Self.isJurisdiction(text) ? text : nil
                }
                let rate = reader.parsed("rate", "must be a decimal text of at least 0 and below 1, with at most three digits") {
                    Factor(decimal: $0).flatMap { $0 < .one ? $0 : nil }
                }
                let threshold = reader.parsed("threshold_per_year", "must be a decimal text of at least 0") { text in
                    Money(decimal: text, currency: currency).flatMap { $0.micros >= 0 ? $0 : nil }
                }
                if region == "*", named == nil { reader.refuse("jurisdiction", "must be named for *") }
                guard let rate, let threshold else { return nil }
                return Rule(jurisdiction: named ?? region, rate: rate, thresholdPerYear: threshold)
            }
        }
    }

    private static func isRegion(_ text: String) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }

    private static func isJurisdiction(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, isRegion(parts[0]) else { return false }
        return parts.dropFirst().allSatisfy { part in
            (1...3).contains(part.utf8.count)
                && part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
        }
    }
}
