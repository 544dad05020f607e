import JSON

extension EmotionModel.Corpus {
    public var json: JSON {
        [
            "name": .string(name), "licence": .string(licence), "examples": .integer(Int64(exampleCount)),
            "speakers": .integer(Int64(speakerCount)), "sha256": .string(sha256),
        ]
    }

    init(_ content: ModelReader) throws(ModelFileError) {
        self.init(
            name: try content.text("name"), licence: try content.text("licence"),
            exampleCount: try content.integer("examples"), speakerCount: try content.integer("speakers"),
            sha256: try content.text("sha256"))
    }
}
