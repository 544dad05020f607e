import Foundation
import HTTP
import Server
import TestSupport
import Testing

/// Several certificates: which a client gets, and where plain HTTP leads.
@Suite(.serialized) struct CertificateChoiceTests {
    /// Certificates for these names, self-signed, each with its first name as its subject.
    private static func make(_ names: [[String]], in folder: SocketFolder) throws -> [TLSFiles] {
        try names.enumerated().map { index, names in
            let path = "\(folder.path)/\(index).pem"
            try make(names, path)
            return TLSFiles(certificateChainPath: path, privateKeyPath: path + ".key")
        }
    }

    private static func make(_ names: [String], _ path: String) throws {
        let made = try Child.bytes(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path + ".key",
                "-out",
                path, "-days", "2", "-subj", "/CN=\(names[0].drop { $0 == "*" || $0 == "." })", "-addext",
                "subjectAltName=" + names.map { ($0.first?.isNumber == true ? "IP:" : "DNS:") + $0 }.joined(separator: ","),
            ])
        #expect(made.code == 0)
    }

    /// The subject of the certificate that a client gets who asks for this name.
    private static func subject(_ port: UInt16, _ name: String?, _ options: [String] = []) throws -> String {
        let asked = name.map { ["-servername", $0] } ?? ["-noservername"]
        let output = try Child.bytes("openssl", ["s_client", "-connect", "127.0.0.1:\(port)"] + asked + options).output
        let line = String(decoding: output, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("subject=") }
        return String((line ?? "").replacing(" ", with: "").dropFirst("subject=CN=".count))
    }

    private static func withNames(
        _ names: [[String]], _ services: [Listener.Service],
        _ body: (HTTPServer, [UInt16], [TLSFiles]) throws -> Void
    ) throws {
        let folder = try SocketFolder()
        let files = try make(names, in: folder)
        let listeners = services.map { Listener(.network(host: "127.0.0.1", port: 0), $0) }
        let configuration = ServerConfiguration(listeners: listeners, certificates: files, loopCount: 2, workerCount: 2)
        let application = TestApplication(recorder: Recorder()) { _ in .answer(.text("secure")) }
        let server = HTTPServer(configuration: configuration, application: application)
        let ports = try server.start().compactMap(\.port)
        defer { server.stop(deadlineSeconds: 2) }
        try body(server, ports, files)
    }

    @Test(arguments: [[], ["-tls1_2"]]) func `a client gets the certificate for the name that it asks for`(options: [String])
        throws
    {
        let names = [["first.test"], ["*.wild.test", "extra.test"], ["a.wild.test"], ["b.test", "c.test"]]
        let expectations = [
            ("first.test", "first.test"), ("b.test", "b.test"), ("C.TEST", "b.test"), ("extra.test", "wild.test"),
            ("x.wild.test", "wild.test"), ("a.wild.test", "a.wild.test"), ("x.y.wild.test", "first.test"),
            ("wild.test", "first.test"), ("other.test", "first.test"),
        ]
        try Self.withNames(names, [.tls]) { (_, ports, _) throws in
            for (asked, expected) in expectations {
                let subject = try Self.subject(ports[0], asked, options)
                #expect(subject == expected, "asked for \(asked)")
            }
            let unnamed = try Self.subject(ports[0], nil, options)
            #expect(unnamed == "first.test")
        }
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"]) func `a session is resumed under its own certificate, and under no other`(
        version: String
    ) throws {
        try Self.withNames([["first.test"], ["a.test"], ["b.test"]], [.tls]) { _, ports, _ in
            let folder = try SocketFolder()
            let file = folder.path + "/session"
            // Tickets of TLS 1.3 come behind the handshake: the end of the answer says that they are here.
            func visit(_ name: String, _ options: [String]) throws -> String {
                let command =
                    "printf 'GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n' | openssl s_client -ign_eof -connect "
                    + "127.0.0.1:\(ports[0]) -servername \(name) \(version) \(options.joined(separator: " "))"
                return String(decoding: try Child.bytes("sh", ["-c", command]).output, as: UTF8.self)
            }
            let fresh = try visit("b.test", ["-sess_out", file])
            let same = try visit("b.test", ["-sess_in", file])
            let other = try visit("a.test", ["-sess_in", file])
            #expect(fresh.contains("New, TLS") && fresh.contains("secure"))
            #expect(same.contains("Reused, TLS") && same.contains("secure"))
            #expect(other.contains("New, TLS") && other.contains("secure"))
        }
    }

    @Test func `all certificates are read again together, or none`() throws {
        try Self.withNames([["first.test"], ["second.test"]], [.tls]) { server, ports, files in
            try Self.make(["new.test", "second.test"], files[1].certificateChainPath)
            try server.reloadCertificates()
            #expect(try Self.subject(ports[0], "second.test") == "new.test")
            try Self.make(["newer.test", "second.test"], files[1].certificateChainPath)
            try Data("broken".utf8).write(to: URL(fileURLWithPath: files[0].certificateChainPath))
            #expect(throws: ServerError.self) { try server.reloadCertificates() }
            #expect(try Self.subject(ports[0], "second.test") == "new.test")
            #expect(try Self.subject(ports[0], "first.test") == "first.test")
        }
    }

    @Test func `plain HTTP leads to the same place under https, whatever the method`() throws {
        try Self.withNames([["a.test", "127.0.0.1"], ["*.b.test"]], [.tls, .redirect]) { _, ports, _ in
            let client = try Client(port: ports[1])
            func location(_ method: String, _ target: String, _ host: String, _ body: String = "") throws -> String? {
                let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
                try client.send("\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n\(length)\r\n\(body)")
                let reply = try client.reply(isHead: method == "HEAD")
                #expect(reply.status == 308)
                return reply.field("Location")
            }
            let base = "https://a.test:\(ports[0])"
            for method in ["GET", "HEAD", "DELETE"] {
                #expect(try location(method, "/v1/x?y=%20z", "a.test") == base + "/v1/x?y=%20z")
            }
            #expect(try location("POST", "/v1/x", "a.test:80", "some body") == base + "/v1/x")
            #expect(try location("OPTIONS", "*", "A.test") == "https://A.test:\(ports[0])/")
            #expect(try location("GET", "http://x.b.test/p", "x.b.test") == "https://x.b.test:\(ports[0])/p")
            #expect(try location("GET", "//evil.test/p", "127.0.0.1") == "https://127.0.0.1:\(ports[0])//evil.test/p")
        }
    }

    @Test func `plain HTTP leads nowhere without a certificate for the host`() throws {
        try Self.withNames([["a.test"]], [.tls, .redirect]) { _, ports, _ in
            for host in ["evil.test", "a.test.evil.test", "x.a.test", "127.0.0.1", "[::1]"] {
                let client = try Client(port: ports[1])
                try client.send("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
                let reply = try client.reply()
                #expect(reply.status == 421 && reply.field("Location") == nil, "\(host)")
            }
            let old = try Client(port: ports[1])
            try old.send("GET / HTTP/1.0\r\n\r\n")
            #expect(try old.reply().status == 400)
        }
    }

    @Test func `a listener that needs a certificate does not start without`() {
        for service in [Listener.Service.tls, .redirect] {
            let configuration = ServerConfiguration(listeners: [Listener(.network(host: "127.0.0.1", port: 0), service)])
            let application = TestApplication(recorder: Recorder()) { _ in .answer(.text("x")) }
            let server = HTTPServer(configuration: configuration, application: application)
            #expect(throws: ServerError.certificateMissing) { try server.start() }
        }
    }
}
