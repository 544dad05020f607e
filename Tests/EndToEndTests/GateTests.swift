import Foundation
import Glibc
import JSON
import TestSupport
import Testing

/// Limits and caps of the program as an operator sets them.
@Suite struct GateTests {
    static let wrongKey = "fv_pD1LQ7yMyqI3w9UmixijoCNNOxQ3TI42jS8p"

    @Test func `guessers and busy keys are told to wait, each client for itself`() async throws {
        // So slow that nothing comes back while the test runs, however slow the machine.
        let program = try Program(
            "--trusted-proxies", "127.0.0.1", "--failure-rate", "0.06", "--failure-burst", "3", "--key-rate", "0.001",
            "--key-burst", "5")
        let admin = try Program.run("admin", "create", "--data", program.folder).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let guesser = Client(base: program.base, key: Self.wrongKey)
        let from = ["X-Forwarded-For": "6.6.6.6, 192.0.2.1"]
        for _ in 0..<3 { #expect(try await guesser.get("/v1/me", fields: from).status == 401) }
        let refused = try await guesser.get("/v1/me", fields: from)
        #expect(refused.status == 429)
        #expect(refused.text("limit") == "failure")
        #expect((1...1000).contains(refused.fields["retry-after"].flatMap(Int.init) ?? 0))
        #expect(refused.fields["ratelimit-policy"] == #""address";q=5000;w=10, "failure";q=3;w=3000"#)
        let signIn = try await Client(base: program.base).send(
            "POST", "/v1/sessions", json: ["key": .string(admin)], fields: from)
        #expect(signIn.status == 429)
        // Another client of the same proxy.
        let person = Client(base: program.base, key: admin)
        let elsewhere = ["X-Forwarded-For": "192.0.2.1, 192.0.2.2"]
        for number in 1...5 {
            let answer = try await person.get("/v1/admin/keys", fields: elsewhere)
            #expect(answer.status == 200)
            #expect(answer.fields["ratelimit"]?.contains("\"key\";r=\(5 - number);") == true)
        }
        #expect(try await person.get("/v1/admin/keys", fields: elsewhere).text("limit") == "key")
        // The machine itself has no limit.
        #expect(try await person.get("/v1/admin/keys").status == 200)
        #expect(try await person.get("/v1/admin/keys").fields["ratelimit"] == nil)
        let metrics = try await person.get("/metrics")
        #expect(String(decoding: metrics.body, as: UTF8.self).contains(#"fairvoice_http_limited_total{limit="failure"} 2"#))
    }

    @Test(arguments: [
        ["--trusted-proxies", "10.0.0.1/8"], ["--unlimited", "localhost"], ["--proxy-fields", "x"], ["--key-burst", "0"],
        ["--failure-rate", "-1"], ["--key-rate", "1e-9"], ["--address-rate", "nan"], ["--connections", "0"],
    ])
    func `settings that are wrong end the program with one line`(flags: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = try Child.run(Program.binary, ["serve", "--data", folder, "--port", "0"] + flags)
        #expect(result.code == 2)
        #expect(result.error.contains(flags[0]))
        #expect(result.error.split(separator: "\n").count == 1)
    }

    @Test func `a process without descriptors turns connections away, and goes on once there are some`() async throws {
        let program = try Program()
        let client = Client(base: program.base)
        #expect(try await client.get("/livez").status == 200)
        let port = try #require(UInt16(program.base.split(separator: ":").last ?? ""))
        // Fewer than it holds for its cap, so that the cap does not come first.
        let held = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(program.processID)/fd").count
        let limit = held + 20
        let lowered = try Child.run(
            "prlimit", ["--pid", "\(program.processID)", "--nofile=\(limit):\(limit)"])
        try #require(lowered.code == 0, "prlimit: \(lowered.error)")
        var sockets: [Int32] = []
        for _ in 0..<100 { sockets.append(try Self.connect(port)) }
        // Every one beyond the limit is closed at once rather than left waiting.
        let ended = Self.endedCount(of: sockets, waitingFor: 70)
        #expect((70..<100).contains(ended))
        for socket in sockets { close(socket) }
        var status = 0
        for _ in 0..<100 where status != 200 {
            status = (try? await client.get("/livez").status) ?? 0
        }
        #expect(status == 200)
        let text = try await client.get("/metrics").body
        #expect(
            String(decoding: text, as: UTF8.self).contains(#"fairvoice_http_connections_refused_total{reason="descriptors"}"#))
        #expect(program.stop() == 0)
    }

    private static func connect(_ port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw ProgramError("connect: \(errno)") }
        return descriptor
    }

    /// How many of the connections the server has ended, once there are enough; after a minute in any case.
    private static func endedCount(of descriptors: [Int32], waitingFor count: Int) -> Int {
        var set = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let last = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < last {
            let ended = Int(poll(&set, nfds_t(set.count), 1000))
            if ended >= count { return ended }
        }
        return set.count { $0.revents != 0 }
    }
}
