import Foundation
import Glibc
import HTTP
import Server
import Testing

/// Where connections come in.
@Suite struct ListenerTests {
    private func makeServer(_ listeners: [Listener], plan: @escaping @Sendable (Request) -> Plan) -> HTTPServer {
        let configuration = ServerConfiguration(listeners: listeners, loopCount: 2, workerCount: 2)
        return HTTPServer(configuration: configuration, application: TestApplication(recorder: Recorder(), plan: plan))
    }

    private let saysPeer: @Sendable (Request) -> Plan = { .answer(.text("\($0.peer) \($0.client?.description ?? "-")")) }

    @Test func `one server listens on IPv4, IPv6 and a Unix socket at once`() throws {
        let folder = try SocketFolder()
        let path = folder.path + "/s"
        let places: [Listener.Place] = [
            .network(host: "127.0.0.1", port: 0), .network(host: "::1", port: 0), .unix(path: path, mode: 0o620),
        ]
        let server = makeServer(places.map { Listener($0) }, plan: saysPeer)
        let listeners = try server.start()
        #expect(listeners.count == 3 && listeners[2].place == places[2])
        let ports = listeners.compactMap(\.port)
        #expect(try Client(port: ports[0]).exchange("GET", "/").text == "127.0.0.1 127.0.0.1")
        #expect(try Client(version6Port: ports[1]).exchange("GET", "/").text == "::1 ::1")
        for _ in 0..<20 { #expect(try Client(unix: path).exchange("GET", "/").text == "unix 127.0.0.1") }
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode & 0o777 == 0o620)
        server.stop(deadlineSeconds: 2)
        #expect(lstat(path, &status) != 0)
    }

    @Test func `a Unix socket that a killed process left is replaced`() throws {
        let folder = try SocketFolder()
        let path = folder.path + "/s"
        let dead = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #expect(withSocketAddress(unixAddress(path)) { bind(dead, $0, $1) } == 0)
        close(dead)
        let server = makeServer([Listener(.unix(path: path, mode: 0o600))], plan: saysPeer)
        _ = try server.start()
        #expect(try Client(unix: path).exchange("GET", "/").status == 200)
        server.stop(deadlineSeconds: 2)
    }

    @Test func `a Unix socket where somebody listens stays theirs, and so does a file that is none`() throws {
        let folder = try SocketFolder()
        let path = folder.path + "/s"
        let server = makeServer([Listener(.unix(path: path, mode: 0o600))], plan: saysPeer)
        _ = try server.start()
        let second = makeServer([Listener(.unix(path: path, mode: 0o600))], plan: saysPeer)
        #expect(throws: ServerError.cannotListen(at: path, code: EADDRINUSE)) { try second.start() }
        #expect(try Client(unix: path).exchange("GET", "/").status == 200)
        server.stop(deadlineSeconds: 2)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        let third = makeServer([Listener(.unix(path: path, mode: 0o600))], plan: saysPeer)
        #expect(throws: ServerError.notASocket(path)) { try third.start() }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
        let long = String(repeating: "x", count: 200)
        let fourth = makeServer([Listener(.unix(path: long, mode: 0o600))], plan: saysPeer)
        #expect(throws: ServerError.pathUnusable(long)) { try fourth.start() }
    }

    @Test func `who waits at a passed socket when the server ends is served by the next one`() throws {
        let shared = try PassedSocket()
        let server = makeServer([Listener(.passed(descriptor: shared.duplicate()))], plan: { _ in .answer(.text("first")) })
        let listeners = try server.start()
        #expect(listeners == [Listener(.network(host: "127.0.0.1", port: shared.port))])
        #expect(try Client(port: shared.port).exchange("GET", "/").text == "first")
        #expect(server.stop(deadlineSeconds: 2))
        let waiting = try Client(port: shared.port)
        try waiting.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let second = makeServer([Listener(.passed(descriptor: shared.duplicate()))], plan: { _ in .answer(.text("second")) })
        _ = try second.start()
        #expect(try waiting.reply().text == "second")
        second.stop(deadlineSeconds: 2)
    }

    @Test func `a passed descriptor that is no listening socket is an error`() throws {
        let file = open("/dev/null", O_RDONLY)
        let server = makeServer([Listener(.passed(descriptor: file))], plan: saysPeer)
        #expect(throws: ServerError.cannotTake(descriptor: file)) { try server.start() }
        close(file)
    }

    @Test func `passed sockets are counted and named as sd_listen_fds says`() throws {
        let folder = try SocketFolder()
        // Descriptors that nothing else of the process has.
        let first: Int32 = 700
        let network = try PassedSocket()
        let local = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #expect(withSocketAddress(unixAddress(folder.path + "/s")) { bind(local, $0, $1) } == 0 && listen(local, 1) == 0)
        for (index, descriptor) in [network.descriptor, network.descriptor, local, network.descriptor].enumerated() {
            #expect(dup2(descriptor, first + Int32(index)) >= 0)
        }
        defer { for descriptor in [local] + Array(first..<first + 4) { close(descriptor) } }
        func listeners(_ environment: [String: String]) -> [Listener] {
            PassedSockets.listeners(environment: environment, processID: 42, firstDescriptor: first, otherwise: .tls)
        }
        let all = ["LISTEN_PID": "42", "LISTEN_FDS": "4", "LISTEN_FDNAMES": "web:redirect::plain"]
        #expect(listeners(all).map(\.service) == [.tls, .redirect, .plain, .plain])
        #expect(listeners(all).map(\.place) == (0..<4).map { .passed(descriptor: first + $0) })
        #expect(listeners(["LISTEN_PID": "42", "LISTEN_FDS": "1"]).map(\.service) == [.tls])
        #expect(listeners(["LISTEN_PID": "43", "LISTEN_FDS": "1"]).isEmpty)
        #expect(listeners(["LISTEN_FDS": "1"]).isEmpty)
        for count in ["0", "-1", "x", "1000"] { #expect(listeners(["LISTEN_PID": "42", "LISTEN_FDS": count]).isEmpty) }
    }
}
