import JSON

/// A rate card with everything that its prices say and that does not depend on what is asked for: made once, shared by all prices.
public final class PriceList: Sendable {
    public let card: RateCard
    /// What was measured of worked time; empty where nobody looked.
    private let overheads: [Elicitation: MeasuredOverhead]

    private let steps: [PriceStep]
    /// What each step's `jsonMembers` are as text, without braces, one behind the other.
    private let texts: [UInt8]
    private let textEnds: [Int]
    private let base: Int
    private let languages: [Language: Int]
    private let nothingMissing: Int
    private let registers: [Register: Int]
    private let settings: [Setting: Int]
    private let elicitations: [Elicitation: Int]
    private let emotions: [Emotion: Int]
    private let workedHours: [Elicitation: Int]

    /// What a grade multiplies the price by, as JSON.
    public let gradeFactorsJSON: [UInt8]
    /// How every licence's fee is divided, as JSON.
    public let royaltyPolicyJSON: [UInt8]

    public init(_ card: RateCard, overheads: [Elicitation: MeasuredOverhead] = [:]) {
        self.card = card
        self.overheads = overheads
        var steps: [PriceStep] = []
        func add(_ step: PriceStep) -> Int {
            steps.append(step)
            return steps.count - 1
        }
        base = add(PriceStep(.base, nil, "Base price of one finished hour.", ["rate_card": "\(card.number)"]))
        nothingMissing = add(.scarcity(nil, nil, under: card))
        languages = Dictionary(
            uniqueKeysWithValues: card.languageFactors.languages.map { ($0, add(.language($0, $1))) })
        registers = Self.table { word in
            add(
                PriceStep(
                    .register, card.registers[word] ?? .one, "Speaking as to a \(word.rawValue).", ["register": word.rawValue]))
        }
        settings = Self.table { word in
            add(
                PriceStep(
                    .setting, card.settings[word] ?? .one, "Recorded in the setting “\(word.rawValue)”.",
                    ["setting": word.rawValue]))
        }
        elicitations = Self.table { word in
            add(
                PriceStep(
                    .elicitation, card.elicitations[word] ?? .one, "The speech is \(word.rawValue).",
                    ["elicitation": word.rawValue]))
        }
        emotions = Self.table { word in
            add(
                PriceStep(
                    .emotion, card.emotions[word] ?? .one, "The intended emotion is \(word.rawValue).",
                    ["emotion": word.rawValue]))
        }
        workedHours = Dictionary(
            uniqueKeysWithValues: overheads.map { ($0, add(.workedHour($1, of: $0, under: card))) })
        self.steps = steps
        var texts: [UInt8] = []
        textEnds = steps.map { step in
            texts += JSON.object(step.jsonMembers).bytes().dropFirst().dropLast()
            return texts.count
        }
        self.texts = texts
        gradeFactorsJSON = JSON.object(
            JSONObject(members: Grade.allCases.map { ($0.rawValue, .string((card.grades[$0] ?? .one).decimal)) })
        ).bytes()
        royaltyPolicyJSON = card.royaltyPolicy.json.bytes()
    }

    private static func table<Word: CaseIterable & Hashable>(_ number: (Word) -> Int) -> [Word: Int] {
        Dictionary(uniqueKeysWithValues: Word.allCases.map { ($0, number($0)) })
    }

    func step(_ number: Int) -> PriceStep { steps[number] }

    func withText(of number: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        let start = number > 0 ? textEnds[number - 1] : 0
        texts.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<textEnds[number]])) }
    }

    /// The itemised price of a request. Each line multiplies the running hourly price and rounds it half to even to the micro.
    ///
    /// - Parameters:
    ///   - gap: the gap that covers the request's cell, nil where no hours are wanted; a premium among the terms brings its own.
    ///   - terms: what the market adds: a dated premium, a bounty.
    public func price(_ request: PriceRequest, scarcity gap: Scarcity? = nil, on terms: PriceTerms = PriceTerms()) -> Price {
        var running = card.basePerHour
        var lines = PriceLines(of: self)
        func add(_ number: Int) {
            if let factor = steps[number].factor { running = factor.times(running) }
            lines.append(number, hourly: running)
        }
        func add(own step: PriceStep) {
            if let factor = step.factor { running = factor.times(running) }
            lines.append(step, hourly: running)
        }
        let cell = request.cell
        add(base)
        if let number = languages[cell.language] { add(number) }
        if let accent = cell.accent, let factor = card.languageFactors.factor(of: accent, in: cell.language) {
            add(own: .accent(accent, of: cell.language, factor))
        }
        if let open = terms.premium?.scarcity ?? gap {
            add(own: .scarcity(open, terms.premium, under: card))
        } else {
            add(nothingMissing)
        }
        if let number = cell.register.flatMap({ registers[$0] }) { add(number) }
        if let number = cell.setting.flatMap({ settings[$0] }) { add(number) }
        if let number = elicitations[request.elicitation] { add(number) }
        if let number = cell.emotion.flatMap({ emotions[$0] }) { add(number) }
        let beforeTier = running
        add(own: .tier(request.tier, card.tiers[request.tier] ?? .one, in: cell.language))
        let hourly = running
        let perFinishedHour = Price.perFinishedHour(hourly, terms.bounty)
        running = perFinishedHour
        if let bounty = terms.bounty { add(own: .bounty(bounty)) }
        if let number = workedHours[request.elicitation] { add(number) }
        return Price(
            lines: lines, hourlyBeforeTier: beforeTier, hourly: hourly, bounty: terms.bounty,
            overhead: overheads[request.elicitation]?.median ?? card.overheads[request.elicitation] ?? .one)
    }
}
