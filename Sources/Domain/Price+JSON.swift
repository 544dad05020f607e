import JSON

extension PriceLine {
    public var json: JSON {
        [
            "code": .string(code.rawValue), "sentence": .string(sentence), "factor": .ifPresent(factor?.decimal),
            "figures": .object(JSONObject(members: figures.all.map { ($0.name, .string($0.value)) })),
            "per_finished_hour": hourly.json,
        ]
    }
}

extension PriceRequest {
    public var json: JSON {
        [
            "language": .string(cell.language.tag), "accent": .ifPresent(cell.accent),
            "register": .ifPresent(cell.register?.rawValue), "setting": .ifPresent(cell.setting?.rawValue),
            "elicitation": .string(elicitation.rawValue), "emotion": .ifPresent(cell.emotion?.rawValue),
            "tier": .string(tier.rawValue),
        ]
    }
}
