import Crypto
import Domain
import JSON
import Storage

/// What a new data folder is given before anything else.
enum Installation {
    /// Writes what is missing and answers the signer.
    static func prepare(at now: Timestamp, in db: Connection) throws -> Signer {
        if try RateCards.current(in: db) == nil {
            try RateCards.insert(.standard(at: now), in: db)
        }
        if try Consents.text(version: nil, in: db) == nil {
            try Consents.insert(.first(at: now), in: db)
        }
        if let key = try SigningKeys.all(in: db).first {
            return Signer(keyID: key.id, key: Ed25519.PrivateKey(seed: key.seed)!)
        }
        let key = Ed25519.PrivateKey.generate()
        let keyID = JWK(key.publicKey).keyID
        try SigningKeys.insert(.init(id: keyID, seed: key.seed, publicKey: key.publicKey.bytes), at: now, in: db)
        return Signer(keyID: keyID, key: key)
    }
}

extension RateCards.Record {
    /// A card as it is kept: its canonical JSON and the hash of it.
    init(_ card: RateCard, publishedAt: Timestamp) {
        let document = card.json.canonicalBytes()
        self.init(
            number: card.number, document: String(decoding: document, as: UTF8.self),
            sha256: Hex.encode(SHA256.hash(document)), publishedAt: publishedAt)
    }

    fileprivate static func standard(at now: Timestamp) -> RateCards.Record {
        RateCards.Record(RateCard.standard, publishedAt: now)
    }

    /// The card itself; what was published can always be read.
    public func card() throws -> RateCard {
        try RateCard(json: JSON.parse(Array(document.utf8), limits: .trusted), number: number)
    }
}

extension ConsentText {
    /// The text that a new installation begins with.
    fileprivate static func first(at now: Timestamp) -> ConsentText {
        let body = """
            I am at least 18 years old and the voice in my recordings is my own. I let this marketplace keep, measure and \
            license my recordings, for the purposes that I tick and for no others. I see every licence, the model that it \
            names, and what it paid me. I can withdraw a purpose or a recording at any time; from then on it enters no new \
            data set, and those who licensed it are told. What I was paid stays mine.
            """
        return ConsentText(
            version: "2026-01", body: body, sha256: Hex.encode(SHA256.hash(body.utf8)), publishedAt: now)
    }
}
