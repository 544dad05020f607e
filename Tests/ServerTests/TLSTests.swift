import Foundation
import HTTP
import Server
import TestSupport
import Testing

@Suite(.serialized) struct TLSTests {
    static func withTLS(
        configure: @escaping (inout ServerConfiguration) -> Void = { _ in }, plan: @escaping @Sendable (Request) -> Plan,
        _ body: (HTTPServer, String, UInt16) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificate = folder.appending(path: "certificate").path
        let key = certificate + ".key"
        let made = try Child.bytes(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out",
                certificate, "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
            ])
        #expect(made.code == 0)
        let files = TLSFiles(certificateChainPath: certificate, privateKeyPath: key)
        try withServer(
            configure: {
                configure(&$0)
                $0.certificates = [files]
                $0.listeners = [Listener(.network(host: "127.0.0.1", port: 0), .tls)]
            }, plan: plan
        ) { server, port in try body(server, certificate, port) }
    }

    private static func curl(_ certificate: String, _ port: UInt16, _ path: String, _ options: [String] = []) throws -> [UInt8] {
        let arguments = ["-sS", "--max-time", "20", "--cacert", certificate] + options
        return try Child.bytes("curl", arguments + ["https://127.0.0.1:\(port)\(path)"]).output
    }

    @Test func `TLS carries requests, bodies and files`() throws {
        let bytes = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { request in
            switch request.path {
            case "/up": .receive(byteCountMax: 1 << 30, TestReceiver(recorder))
            case "/file": .answer(Response(status: 200, body: .file(path: file.path, offset: 0, byteCount: 2_000_000)))
            case "/bytes": .answer(Response(status: 200, body: .bytes(bytes)))
            default: .run { .text("secure \(request.isSecure)") }
            }
        }
        try Self.withTLS(plan: plan) { _, certificate, port in
            #expect(try Self.curl(certificate, port, "/") == Array("secure true".utf8))
            #expect(try Self.curl(certificate, port, "/", ["--tls-max", "1.2"]) == Array("secure true".utf8))
            #expect(try Self.curl(certificate, port, "/file") == bytes)
            #expect(try Self.curl(certificate, port, "/bytes") == bytes)
            #expect(try Self.curl(certificate, port, "/up", ["-T", file.path]) == Array("2000000".utf8))
            #expect(try Self.curl(certificate, port, "/", ["--tls-max", "1.1"]).isEmpty)
            let version = try Self.curl(certificate, port, "/", ["--http2", "-o", "/dev/null", "-w", "%{http_version}"])
            #expect(version == Array("1.1".utf8))
        }
    }

    @Test func `certificates are read again while the server runs, and a broken one changes nothing`() throws {
        try Self.withTLS(plan: { _ in .answer(.text("x")) }) { server, certificate, port in
            try server.reloadCertificates()
            #expect(try Self.curl(certificate, port, "/") == Array("x".utf8))
            try Data("broken".utf8).write(to: URL(fileURLWithPath: certificate + ".key"))
            #expect(throws: ServerError.self) { try server.reloadCertificates() }
        }
    }

    @Test func `what is no TLS is turned away`() throws {
        try Self.withTLS(plan: { _ in .answer(.text("x")) }) { _, _, port in
            let client = try Client(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = try? client.rest()
            #expect(answer?.starts(with: Array("HTTP".utf8)) != true)
        }
    }

    @Test func `a key that is none is an error at start`() throws {
        let files = TLSFiles(certificateChainPath: "/dev/null", privateKeyPath: "/dev/null")
        let listener = Listener(.network(host: "127.0.0.1", port: 0), .tls)
        let configuration = ServerConfiguration(listeners: [listener], certificates: [files])
        let application = TestApplication(recorder: Recorder()) { _ in .answer(.text("x")) }
        let server = HTTPServer(configuration: configuration, application: application)
        #expect(throws: ServerError.self) { try server.start() }
    }
}
