import Analysis
import AudioFiles
import Dispatch
import Domain
import Market
import Storage
import Testing

/// Recordings from people who may send them, and what becomes of them.
extension Workshop {
    /// What somebody sends: a file's bytes.
    struct Sent {
        let contributor: ID<Contributor>
        let bytes: [UInt8]

        init(by contributor: ID<Contributor>, _ bytes: [UInt8]) {
            self.contributor = contributor
            self.bytes = bytes
        }

        init(by contributor: ID<Contributor>, samples: [Float]) {
            self.init(by: contributor, WAVWriter.bytes(samples, sampleRateHz: 16_000))
        }
    }

    /// Somebody who speaks German and has consented.
    func contributor() throws -> ID<Contributor> {
        let german = try #require(Language("de"))
        return try market.store.write { db in
            let id = try market.signUpContributor(
                languages: [.init(language: german)], region: "DE", profile: .init(), at: now, in: db
            ).contributor.id
            _ = try market.grantConsent(purposes: [.emotionRecognition], textVersion: nil, by: id, at: now, in: db)
            return id
        }
    }

    /// Keeps workers at their work while `body` sends.
    ///
    /// - Parameter body: is given what sends files, all at once, and returns their recordings once each is decided.
    func withWorkers<Result>(
        _ count: Int, _ body: (_ decide: ([Sent]) throws -> [Recording]) throws -> Result
    ) throws -> Result {
        let decided = DispatchSemaphore(value: 0)
        let token = market.recordingBell.listen { [market] id in
            let found = try? market.store.read { db in try Recordings.find(ID(stored: id), in: db) }
            if found?.decision != nil { decided.signal() }
        }
        defer { market.recordingBell.stop(token) }
        let pool = workers()
        try pool.start(workerCount: count)
        defer { pool.stop() }
        return try body { files in
            let ids = try market.store.write { db in try files.map { try submit($0, db) } }
            while true {
                let found = try market.store.read { db in try ids.map { try #require(try Recordings.find($0, in: db)) } }
                if found.allSatisfy({ $0.decision != nil }) { return found }
                // Long enough for any machine: it ends a test whose job never does.
                try #require(decided.wait(timeout: .now() + 120) == .success)
            }
        }
    }

    /// Stores a file, and makes a recording of it under a quote of its own.
    func submit(_ sent: Sent, _ db: Connection) throws -> ID<Recording> {
        let writer = try blobs.begin()
        try writer.write(sent.bytes)
        let blob = StoredBlob(sha256: try writer.finish(), byteCount: Int64(sent.bytes.count))
        let german = try #require(Language("de"))
        let quote = try market.lockQuote(
            PriceRequest(
                language: german, accent: nil, register: .friend, setting: .quiet, elicitation: .acted, emotion: .neutral,
                tier: .novice), seconds: nil, by: sent.contributor, at: now, in: db)
        return try market.submitRecording(
            blob, .init(quote: quote.id, scenario: nil, mediaType: "audio/wav", filename: nil), by: sent.contributor, at: now,
            in: db
        ).recording.id
    }
}
