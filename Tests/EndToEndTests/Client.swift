import Foundation
import JSON

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One person's view of the server.
struct Client: Sendable {
    let base: String
    var key: String?

    struct Answer: Sendable {
        let status: Int
        let fields: [String: String]
        let body: Data

        var json: JSON { (try? JSON.parse([UInt8](body), limits: .trusted)) ?? .null }

        /// A text behind a path of keys, such as "key.key".
        func text(_ path: String) -> String? {
            var value: JSON? = json
            for key in path.split(separator: ".") { value = Int(key).map { value?[$0] } ?? value?[String(key)] }
            return value?.asString
        }
    }

    private static let session = URLSession(
        configuration: {
            let configuration = URLSessionConfiguration.ephemeral
            configuration.httpShouldSetCookies = false
            configuration.httpMaximumConnectionsPerHost = 16
            configuration.timeoutIntervalForRequest = 60
            return configuration
        }())

    func send(
        _ method: String, _ path: String, json: JSON? = nil, body: Data? = nil, fields: [String: String] = [:]
    ) async throws -> Answer {
        var request = URLRequest(url: URL(string: base + path)!)
        request.httpMethod = method
        if let key { request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization") }
        if let json {
            request.httpBody = Data(json.bytes())
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        if let body { request.httpBody = body }
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await Self.session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw ProgramError("no HTTP answer") }
        var found: [String: String] = [:]
        for (name, value) in response.allHeaderFields { found["\(name)".lowercased()] = "\(value)" }
        return Answer(status: response.statusCode, fields: found, body: data)
    }

    func get(_ path: String, fields: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, fields: fields)
    }

    func post(_ path: String, _ json: JSON = [:], fields: [String: String] = [:]) async throws -> Answer {
        try await send("POST", path, json: json, fields: fields)
    }

    /// Uploads audio and answers the recording's id.
    func upload(_ audio: Data, quote: String, mediaType: String = "audio/wav") async throws -> String {
        let answer = try await send(
            "POST", "/v1/recordings?quote=\(quote)", body: audio, fields: ["Content-Type": mediaType])
        guard let id = answer.text("id") else { throw ProgramError("upload: \(answer.status) \(answer.json)") }
        return id
    }

    /// Waits at the recording's event stream, which ends when it is decided, and answers the receipt.
    func decided(_ recording: String) async throws -> Answer {
        _ = try await get("/v1/recordings/\(recording)/events")
        return try await get("/v1/recordings/\(recording)")
    }
}

extension Client {
    /// Signs a contributor up, with purposes granted and a quote locked.
    static func contributor(
        _ base: String, purposes: JSON = ["emotion-recognition"], emotion: String = "anger"
    ) async throws -> (client: Client, quote: String) {
        let anyone = Client(base: base)
        let answer = try await anyone.post("/v1/contributors", ["languages": [["language": "de"]]])
        let client = Client(base: base, key: answer.text("key.key"))
        _ = try await client.post("/v1/me/consents", ["purposes": purposes])
        let quote = try await client.post("/v1/quotes", ["language": "de", "emotion": .string(emotion)])
        guard let id = quote.text("id") else { throw ProgramError("quote: \(quote.status) \(quote.json)") }
        return (client, id)
    }
}
