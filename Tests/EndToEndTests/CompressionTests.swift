import Foundation
import JSON
import TestSupport
import Testing

/// gzip over real sockets, read by curl, which takes it apart itself.
@Suite struct CompressionTests {
    @Test func `a page, JSON and a streamed journal are the same compressed`() async throws {
        let program = try Program()
        let client = Client(base: program.base)
        let made = try await client.post("/v1/contributors", ["languages": [["language": "de"]]])
        let key = try #require(made.text("key.key"))
        for (path, fields) in [
            ("/", []), ("/v1/estimate?language=de&emotion=anger", []),
            ("/v1/me/statement", ["-H", "Authorization: Bearer \(key)", "-H", "Accept: text/csv"]),
        ] {
            let plain = try Child.run("curl", ["-sS", program.base + path] + fields)
            let packed = try Child.run(
                "curl", ["-sS", "-D", "-", "--compressed", program.base + path] + fields)
            let head = packed.output.components(separatedBy: "\r\n\r\n")[0].lowercased()
            #expect(head.contains("content-encoding: gzip") && head.contains("vary: accept-encoding"), "\(path): \(head)")
            #expect(!plain.output.isEmpty && packed.output.hasSuffix(plain.output), "\(path)")
        }
        #expect(program.stop() == 0)
    }
}
