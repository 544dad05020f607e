import Hummingbird
import Logging

/// An answer of about 2 KB, made for each request, of the shape of an estimate.
struct Estimate: ResponseCodable {
    struct Money: Codable { var amount: String, currency: String }
    struct Line: Codable { var code: String, sentence: String, factor: Double, amount: Money }
    var language: String
    var emotion: String
    var lines: [Line]
    var perFinishedHour: Money
}

let lines = ["base", "scarcity", "emotion", "elicitation", "tier", "setting", "register", "accent", "gender", "age", "length", "review", "bounty",
    "premium"]
let router = Router()
/// The same bytes each time, as ours are.
let alive = Response(
    status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(string: #"{"status":"ok"}"#)))
router.get("/livez") { _, _ in alive }
router.get("/estimate") { request, _ in
    Estimate(
        language: String(request.uri.queryParameters["language"] ?? "de"),
        emotion: String(request.uri.queryParameters["emotion"] ?? "anger"),
        lines: lines.enumerated().map { index, code in
            .init(
                code: code, sentence: "What the line “\(code)” adds to the price of an hour.", factor: 1 + Double(index) / 8,
                amount: .init(amount: "\(index * 3).125000", currency: "USD"))
        }, perFinishedHour: .init(amount: "46.875000", currency: "USD"))
}
let port = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 18082
var logger = Logger(label: "peer")
logger.logLevel = .error
try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger).runService()
