import HTTP
import JSON
import Web

/// Drives an application as a server does, without a socket.
struct Client {
    let application: WebApplication
    var fields: [(String, String)] = []
    var address = "192.0.2.1"

    /// A client that shows a key.
    func bearing(_ key: String) -> Client {
        with("Authorization", "Bearer \(key)")
    }

    func with(_ name: String, _ value: String) -> Client {
        Client(application: application, fields: fields + [(name, value)], address: address)
    }

    /// A client at another address.
    func from(_ address: String) -> Client { Client(application: application, fields: fields, address: address) }

    func request(_ method: Method, _ target: String, byteCount: Int = 0, isSecure: Bool = false) -> Request {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var fields = Fields(["Host": "voice.example"])
        for (name, value) in self.fields { fields.add(name, value) }
        return Request(
            method: method, target: target, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil,
            fields: fields, id: "req-1", peer: address, client: IPAddress(address), isSecure: isSecure,
            contentLength: Int64(byteCount))
    }

    func send(_ method: Method, _ target: String, body: [UInt8] = [], isSecure: Bool = false) -> Response {
        let request = request(method, target, byteCount: body.count, isSecure: isSecure)
        return answer(to: request, body: body).applyingConditions(of: request)
    }

    func send(_ method: Method, _ target: String, json: JSON) -> Response {
        with("Content-Type", "application/json").send(method, target, body: json.bytes())
    }

    /// Begins a request whose body goes on later, or never.
    func open(_ method: Method, _ target: String, byteCount: Int) throws -> any BodyReceiver {
        guard case .receive(_, let receiver) = application.plan(for: request(method, target, byteCount: byteCount)).action else {
            throw Problem.notFound
        }
        if let refusal = receiver.begin() { throw Problem(.conflict, refusal.text) }
        return receiver
    }

    private func answer(to request: Request, body: [UInt8]) -> Response {
        switch application.plan(for: request).action {
        case .answer(let response): return response
        case .fixed(let answer): return answer.response
        case .run(let work): return work()
        case .receive(let byteCountMax, let receiver):
            if let refusal = receiver.begin() { return refusal }
            guard body.count <= byteCountMax else {
                receiver.cancel()
                return application.response(to: RequestFailure(status: 413, detail: "Too large"), of: request)
            }
            for start in stride(from: 0, to: body.count, by: 7) {
                if let answer = receiver.receive(Array(body[start..<min(start + 7, body.count)])) { return answer }
            }
            return receiver.finish()
        }
    }
}

extension Response {
    /// The body where its length is known and it is no file.
    var bytes: [UInt8] {
        switch body {
        case .bytes(let bytes): bytes
        case .content(let content, let offset, let byteCount): Self.read(content, from: offset, byteCount)
        default: []
        }
    }

    private static func read(_ content: any SeekableContent, from offset: Int64, _ byteCount: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        while Int64(bytes.count) < byteCount {
            let place = Int64(bytes.count)
            guard let more = try? content.read(at: offset + place, count: Int(min(byteCount - place, 1000))) else { return [] }
            bytes += more
        }
        return bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var json: JSON { (try? JSON.parse(bytes, limits: .trusted)) ?? .null }

    /// The last part of a problem's type.
    var problem: String? { json["type"]?.asString?.split(separator: "/").last.map(String.init) }

    /// "body /title: is required" for each error.
    var errors: [String] {
        json["errors"]?.asArray?.map { error in
            ["in", "pointer", "detail"].map { error[$0]?.asString ?? "?" }.joined(separator: " ")
        } ?? []
    }
}
