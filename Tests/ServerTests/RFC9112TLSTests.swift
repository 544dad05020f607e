import Foundation
import HTTP
import Server
import TestSupport
import Testing

/// What RFC 9112 asks of connections over TLS, with OpenSSL's own client (docs/http-conformance.md).
@Suite(.serialized) struct RFC9112TLSTests {
    /// `openssl s_client` that has written these bytes and shows every TLS message.
    private func client(_ port: UInt16, _ text: String) throws -> (process: Child, input: Pipe, output: Pipe) {
        let (input, output) = (Pipe(), Pipe())
        let process = try Child(
            "openssl", ["s_client", "-connect", "127.0.0.1:\(port)", "-msg", "-ign_eof"],
            input: input.fileHandleForReading, output: output.fileHandleForWriting)
        try output.fileHandleForWriting.close()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        return (process, input, output)
    }

    @Test func `§9.7: all of HTTP goes as application data`() throws {
        try TLSTests.withTLS(plan: { _ in .answer(.text("over TLS")) }) { _, _, port in
            let client = try Client(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect((try? client.rest())?.contains("HTTP".utf8) != true)
            let (process, _, output) = try self.client(port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.wait()
            #expect(text.contains("HTTP/1.1 200 OK") && text.contains("over TLS"))
        }
    }

    @Test func `§9.8: the server says close_notify before it closes`() throws {
        try TLSTests.withTLS(plan: { _ in .answer(.text("x")) }) { _, _, port in
            let (process, _, output) = try self.client(port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.wait()
            let alert = text.components(separatedBy: "\n").first { $0.hasPrefix("<<<") && $0.contains("close_notify") }
            #expect(alert != nil)
        }
    }

    @Test func `§9.8: a client that closes without an alert leaves its body incomplete`() throws {
        let recorder = Recorder()
        let plan: @Sendable (Request) -> Plan = { _ in .receive(byteCountMax: 100, TestReceiver(recorder)) }
        try TLSTests.withTLS(plan: plan) { _, _, port in
            // While its pipes live.
            try withExtendedLifetime(self.client(port, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")) { client in
                #expect(recorder.wait(for: "receive"))
                client.process.signal(SIGKILL)
                client.process.wait()
                #expect(recorder.wait(for: "cancel"))
            }
        }
        #expect(recorder.count("finish") == 0)
    }
}
