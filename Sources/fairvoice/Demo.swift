import AudioFiles
import Domain
import Foundation
import Market
import Storage
import SyntheticVoice

/// A small marketplace to look at: scenarios, targets, contributors whose voices are synthesised, a buyer with funds.
struct Demo {
    let market: Marketplace
    let blobs: BlobStore

    private static let seconds = 4.0
    private static let sampleRateHz = 16_000

    private struct Person {
        let name: String
        let language: String
        let sex: Sex
        let ageBand: Contributor.AgeBand
        let seed: UInt64
    }

    private static let people = [
        Person(name: "Ada", language: "de", sex: .female, ageBand: .from25, seed: 11),
        Person(name: "Ben", language: "de", sex: .male, ageBand: .from35, seed: 12),
        Person(name: "Cem", language: "de", sex: .male, ageBand: .from18, seed: 13),
        Person(name: "Dana", language: "de", sex: .female, ageBand: .from45, seed: 14),
        Person(name: "Eli", language: "en", sex: .male, ageBand: .from25, seed: 15),
        Person(name: "Fay", language: "en", sex: .female, ageBand: .from55, seed: 16),
    ]

    private static let emotions: [Emotion] = [.anger, .happiness, .neutral, .sadness]

    /// Loads everything unless somebody has signed up already. Recordings go the same way as everybody's.
    func loadIfEmpty() throws {
        let isEmpty = try market.store.read { db in try Scenarios.list(language: nil, .init(limit: 1), in: db).rows.isEmpty }
        guard isEmpty else { return }
        try market.store.write { db in try addScenarios(db) }
        for person in Self.people { try record(person) }
    }

    private func addScenarios(_ db: Connection) throws {
        let now = market.now
        for tag in ["de", "en"] {
            for emotion in Self.emotions {
                let draft = Scenario(
                    id: market.ids.make(at: now), title: "The lost key (\(emotion.rawValue))",
                    prompt: "You stand before your own door and the key is gone. Tell a friend on the phone about it; "
                        + "let them hear \(emotion.rawValue).",
                    language: Language(tag)!, accent: nil, register: .friend, setting: .quiet, elicitation: .acted,
                    emotion: emotion, suggestedSeconds: 20, contentNote: nil, createdAt: now)
                _ = try market.addScenario(draft, by: "demo", at: now, in: db)
                let cell = Cell(language: Language(tag)!, register: .friend, setting: .quiet, emotion: emotion)
                let hours: Int64 = emotion == .anger ? 10 : emotion == .neutral ? 1 : 4
                _ = try market.setTarget(cell, wantedSeconds: hours * 3600, by: "demo", at: now, in: db)
            }
        }
    }

    private func record(_ person: Person) throws {
        let language = Language(person.language)!
        let contributor = try market.store.write { db in
            let signed = try market.signUpContributor(
                languages: [.init(language: language)], region: nil,
                profile: .init(
                    displayName: "\(person.name) (synthetic)", ageBand: person.ageBand,
                    gender: person.sex == .female ? .female : .male), at: market.now, in: db
            ).contributor.id
            _ = try market.grantConsent(
                purposes: [.emotionRecognition, .researchOnly], textVersion: nil, by: signed, at: market.now, in: db)
            return signed
        }
        for (index, emotion) in Self.emotions.enumerated() {
            let utterance = Utterance(
                speaker: Speaker(sex: person.sex, ageYears: 30, seed: person.seed),
                mood: Mood.named(emotion.rawValue) ?? .neutral,
                durationSeconds: Self.seconds, seed: person.seed * 100 + UInt64(index))
            let writer = try blobs.begin()
            try writer.write(WAVWriter.bytes(utterance.samples(sampleRateHz: Self.sampleRateHz), sampleRateHz: Self.sampleRateHz))
            let byteCount = writer.byteCount
            let blob = StoredBlob(sha256: try writer.finish(), byteCount: byteCount)
            try market.store.write { db in
                let request = PriceRequest(
                    language: language, accent: nil, register: .friend, setting: .quiet, elicitation: .acted, emotion: emotion,
                    tier: .novice)
                let quote = try market.lockQuote(request, seconds: 3600, by: contributor, at: market.now, in: db)
                _ = try market.submitRecording(
                    blob, Submission(quote: quote.id, scenario: nil, mediaType: "audio/wav", filename: "\(emotion.rawValue).wav"),
                    by: contributor, at: market.now, in: db)
            }
        }
    }

    /// What to try next.
    static func printTour(base: String, dataFolder: String) {
        say(
            """

            Look at \(base)/ (prices, recorder at /record, contract at /docs), or paste:
              B=\(base)
              ADMIN=$(.build/release/fairvoice admin create --data \(dataFolder))
              curl -s "$B/v1/scarcity"
              curl -s "$B/v1/estimate?language=de&emotion=anger"
              KEY=$(curl -s $B/v1/contributors -H 'Content-Type: application/json' -d '{"languages":[{"language":"de"}]}' | jq -r .key.key)
              curl -s $B/v1/me/consents -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' -d '{"purposes":["emotion-recognition"]}'
              QUOTE=$(curl -s $B/v1/quotes -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' -d '{"language":"de","emotion":"anger"}' | jq -r .id)
              REC=$(curl -s "$B/v1/recordings?quote=$QUOTE" -H "Authorization: Bearer $KEY" -H 'Content-Type: audio/wav' --data-binary @my-recording.wav | jq -r .id)
              curl -sN $B/v1/recordings/$REC/events -H "Authorization: Bearer $KEY"
              curl -s $B/v1/recordings/$REC -H "Authorization: Bearer $KEY" | jq 'del(.features)'
            """)
    }
}
