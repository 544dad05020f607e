import Domain
import Foundation
import HTTP
import JSON
import Market
import Storage
import Testing

@testable import Web

/// A market in a folder of its own, behind its whole interface. Every answer is held against the contract.
final class Bazaar {
    let folder: URL
    let market: Marketplace
    let blobs: BlobStore
    let routes: [Route]
    /// How long nobody has sent anything of an upload.
    let pause = Pause()
    private let client: Client
    let admin: NewKey
    /// Who approves what the first admin prepares.
    let secondAdmin: NewKey
    static let start = Timestamp(milliseconds: 1_770_000_000_000)

    /// Draws by writing down what there is to draw; what begins so can't be decoded.
    static let undecodable = "noise"
    private static let draw: RecordingPainter.Draw = { path, title, emotion in
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasPrefix(undecodable) ? nil : "<svg>\(title) \(text) \(emotion ?? .null)</svg>"
    }

    /// A model's file that can be scored with, as far as the market here knows.
    static func modelFile(_ number: Int, version: Int64 = 2) -> [UInt8] { Array("model \(number) of features \(version)".utf8) }

    /// Reads what `modelFile` writes. Features of version 2 are measured.
    private static let models = ModelSummaries { file in
        guard let match = String(decoding: file, as: UTF8.self).wholeMatch(of: /model \d+ of features (\d+)/),
            let version = Int64(match.1)
        else { return ModelSummary(unreadable: "the file is no model") }
        return ModelSummary(
            .init(featureSet: "test", featureSetVersion: version, corpora: ["one", "two"], unweightedAverageRecall: 0.75),
            fault: version == 2 ? nil : "it was fitted on test \(version), but test 2 is measured here; train it anew")
    }

    /// - Parameters:
    ///   - debtor: the account that SEPA payouts leave from.
    ///   - limits: nil for none; their clock stands still.
    init(
        debtor: Debtor? = Debtor(name: "Fairvoice", iban: IBAN("DE89370400440532013000")!), limits: LimitSettings? = nil
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let market = try Marketplace(
            store: Store(folder: folder.path), ids: IDSource { .random(in: 0 ... .max) }, clock: { Self.start })
        self.market = market
        blobs = try BlobStore(dataFolder: folder.path)
        let offered = MarketRoutes(
            market: market, blobs: blobs, events: EventHub(), analyser: "test-2", models: Self.models,
            debtor: debtor, uploadClock: { [pause] in pause.clock }, draw: Self.draw)
        routes = offered.all
        client = Client(
            application: WebApplication(
                table: RouteTable(offered.all, version: "1.0.0"), authenticator: offered.authenticator,
                answers: IdempotentAnswers(), metrics: Metrics(),
                limits: limits.map { ClientLimits($0, metrics: Metrics()) { 1000 } }))
        admin = try market.store.write { db in try market.createAdmin(name: "Ada", at: Self.start, in: db) }
        secondAdmin = try market.store.write { db in try market.createAdmin(name: "Ben", at: Self.start, in: db) }
    }

    deinit {
        try? market.store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Sends a request and checks that the contract describes the answer.
    /// - Parameter key: who asks; the admin for nil.
    @discardableResult
    func send(
        _ method: HTTP.Method, _ target: String, json: JSON? = nil, body: [UInt8] = [], as key: NewKey? = nil,
        fields: [(String, String)] = []
    ) -> Response {
        let asking = asking(key, fields)
        let response = json.map { asking.send(method, target, json: $0) } ?? asking.send(method, target, body: body)
        check(response, to: method, target)
        return response
    }

    /// A client that shows nothing.
    var anyone: Client { client }

    /// A client that shows a key and sends these fields.
    func asking(_ key: NewKey?, _ fields: [(String, String)] = []) -> Client {
        fields.reduce(client.bearing((key ?? admin).text)) { asking, field in asking.with(field.0, field.1) }
    }

    private func check(_ response: Response, to method: HTTP.Method, _ target: String) {
        let parts = target.prefix { $0 != "?" }.split(separator: "/")
        let fitting = routes.filter { route in
            let template = route.path.split(separator: "/")
            return route.method == method && template.count == parts.count
                && zip(template, parts).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        // A fixed path goes before one with a parameter.
        guard let route = fitting.min(by: { $0.path.count { $0 == "{" } < $1.path.count { $0 == "{" } }) else {
            Issue.record("No route for \(method) \(target)")
            return
        }
        let isJSON = response.fields["Content-Type"]?.hasPrefix("application/json") ?? true
        let answer = route.answers.first { answer in
            guard answer.status == response.status else { return false }
            if case .bytes(let types) = answer.content {
                let type = response.fields["Content-Type"] ?? ""
                return types.contains { type.hasPrefix($0.hasSuffix("/*") ? String($0.dropLast()) : $0) }
            }
            return isJSON
        }
        if let answer {
            if case .json(let schema) = answer.content {
                #expect(schema.errors(in: response.json).isEmpty, "\(method) \(target): \(response.text)")
            }
            for field in answer.fields where field.name == "Location" { #expect(response.fields[field.name] != nil) }
        } else {
            #expect(
                [206, 304].contains(response.status) || route.problemStatuses.contains(response.status),
                "\(method) \(target) answered \(response.status): \(response.text)")
        }
    }

    func signUpBuyer(_ name: String = "Acme") throws -> (buyer: Buyer, key: NewKey) {
        try market.store.write { db in try market.signUpBuyer(name: name, at: Self.start, in: db) }
    }

    /// A contributor with one accepted recording of so many seconds, and the grants given.
    @discardableResult
    func record(
        seconds: Int64 = 1800, text: String = "audio", purposes: [Purpose] = [.emotionRecognition],
        details: PayoutDetails? = .manual("=DE00"), region: String? = "DE", snrDecibels: Double = 40
    ) throws -> (
        contributor: Contributor, key: NewKey
    ) {
        let writer = try blobs.begin()
        try writer.write(Array(text.utf8))
        let blob = StoredBlob(sha256: try writer.finish(), byteCount: Int64(text.utf8.count))
        let german = try #require(Language("de"))
        return try market.store.write { db in
            let now = Self.start
            let person = try market.signUpContributor(
                languages: [.init(language: german)], region: region, profile: .init(payoutDetails: details), at: now, in: db)
            let id = person.contributor.id
            _ = try market.grantConsent(purposes: purposes, textVersion: nil, by: id, at: now, in: db)
            let quote = try market.lockQuote(
                PriceRequest(
                    language: german, accent: nil, register: .friend, setting: .quiet, elicitation: .acted, emotion: .neutral,
                    tier: .novice), seconds: nil, by: id, at: now, in: db)
            _ = try market.submitRecording(
                blob, .init(quote: quote.id, scenario: nil, mediaType: "audio/wav", filename: nil), by: id, at: now, in: db)
            let job = try #require(try market.leaseJob(as: "worker", seconds: 60, at: now, in: db))
            try market.acceptRecording(
                Measured(
                    analyser: "test", mediaType: "audio/wav",
                    values: [
                        .durationSeconds: Double(seconds), .snrDecibels: snrDecibels, .clippedShare: 0, .speechShare: 0.8,
                        .bandwidthHz: 8000, .noiseFloorDecibels: -70, .loudnessLUFS: -23,
                    ], measurements: [:], features: nil, emotion: nil, sampleCount: seconds * 16_000, sampleRateHz: 16_000),
                job: job, at: now, in: db)
            return person
        }
    }
}
