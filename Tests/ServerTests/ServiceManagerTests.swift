import Dispatch
import Foundation
import Glibc
import HTTP
import Server
import Testing

/// What is said to a service manager, heard by a socket in its place.
@Suite struct ServiceManagerTests {
    /// A service manager's end. The name is a path, or "@" and a name of the abstract namespace.
    private final class Ear {
        let descriptor: Int32

        init(_ name: String) throws {
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            var timeout = timeval(tv_sec: 60, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
            var address = unixAddress(name)
            if name.hasPrefix("@") { address.sun_path.0 = 0 }
            let length = socklen_t(MemoryLayout<sa_family_t>.size + name.utf8.count + (name.hasPrefix("@") ? 0 : 1))
            guard withSocketAddress(address, { pointer, _ in bind(descriptor, pointer, length) }) == 0 else {
                throw Client.Failure()
            }
        }

        deinit { close(descriptor) }

        /// The next message; empty after a minute without.
        func next() -> String {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &bytes, bytes.count, 0)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }

        var hasMore: Bool {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&entry, 1, 0) > 0
        }
    }

    @Test(arguments: [false, true]) func `every change of state is one datagram`(isAbstract: Bool) throws {
        let folder = try SocketFolder()
        let name = isAbstract ? "@\(folder.path)" : folder.path + "/notify"
        let ear = try Ear(name)
        let manager = ServiceManager(environment: ["NOTIFY_SOCKET": name], processID: 7)
        manager.noteReady()
        manager.noteReloading(atMicroseconds: 123_456)
        manager.noteAlive()
        manager.noteStopping()
        #expect([ear.next(), ear.next()] == ["READY=1", "RELOADING=1\nMONOTONIC_USEC=123456"])
        #expect([ear.next(), ear.next()] == ["WATCHDOG=1", "STOPPING=1"])
        #expect(!ear.hasMore)
        #expect(manager.watchdogSeconds == nil)
    }

    @Test func `a manager that does not read holds nothing up`() throws {
        let folder = try SocketFolder()
        let ear = try Ear(folder.path + "/notify")
        let manager = ServiceManager(environment: ["NOTIFY_SOCKET": folder.path + "/notify"], processID: 7)
        // More than any queue holds.
        for _ in 0..<5000 { manager.noteAlive() }
        // A change of state waits for room.
        let said = Recorder()
        DispatchQueue.global().async {
            manager.noteStopping()
            said.note("stopping")
        }
        var heard = 0
        while true {
            let message = ear.next()
            guard message == "WATCHDOG=1" else {
                #expect(message == "STOPPING=1")
                break
            }
            heard += 1
        }
        #expect(heard > 0 && heard < 5000)
        #expect(said.wait(for: "stopping"))
    }

    @Test func `the watchdog counts for the process that it names`() {
        func seconds(_ more: [String: String]) -> Double? {
            ServiceManager(environment: more.merging(["NOTIFY_SOCKET": "@x"]) { $1 }, processID: 7).watchdogSeconds
        }
        #expect(seconds(["WATCHDOG_USEC": "3000000"]) == 3)
        #expect(seconds(["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "7"]) == 3)
        #expect(seconds(["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "8"]) == nil)
        #expect(seconds(["WATCHDOG_USEC": "0"]) == nil)
        #expect(seconds(["WATCHDOG_USEC": "never"]) == nil)
        #expect(ServiceManager(environment: ["WATCHDOG_USEC": "1"], processID: 7).watchdogSeconds == nil)
    }

    @Test(arguments: [[:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "relative"], ["NOTIFY_SOCKET": "/no/such/socket"]])
    func `nobody who listens is no error`(environment: [String: String]) {
        ServiceManager(environment: environment, processID: 7).noteReady()
    }

    @Test func `all loops answer a server that is well`() throws {
        let recorder = Recorder()
        try withServer(plan: { _ in .answer(.text("x")) }) { server, _ in
            server.whenAllLoopsAnswer(on: .global()) { recorder.note("alive") }
            #expect(recorder.wait(for: "alive"))
        }
    }

    @Test func `a loop that is stuck does not answer`() throws {
        let recorder = Recorder()
        let gate = DispatchSemaphore(value: 0)
        // A plan must not block; this one does.
        let plan: @Sendable (Request) -> Plan = { _ in
            recorder.note("stuck")
            gate.wait()
            return .answer(.text("x"))
        }
        try withServer(configure: { $0.loopCount = 1 }, plan: plan) { server, port in
            let client = try Client(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(recorder.wait(for: "stuck"))
            server.whenAllLoopsAnswer(on: .global()) { recorder.note("alive") }
            #expect(recorder.count("alive") == 0)
            gate.signal()
            #expect(recorder.wait(for: "alive"))
        }
    }
}
