import JSON

extension PriceLine {
    public var json: JSON {
        var members = step.jsonMembers
        members["per_finished_hour"] = hourly.json
        return .object(members)
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
