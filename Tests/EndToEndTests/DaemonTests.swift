import Foundation
import Glibc
import TestSupport
import Testing

/// The real program as systemd would run it: sockets that are passed, notifications, signals.
@Suite(.serialized) struct DaemonTests {
    /// A service manager: hears what the program says, and holds the socket that it passes.
    private final class Manager {
        let folder: String
        let ear: Int32
        let listener: Int32
        let port: UInt16

        init() throws {
            let folder = "/tmp/fv-\(UInt64.random(in: .min ... .max))"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var timeout = timeval(tv_sec: 60, tv_usec: 0)
            let ear = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            setsockopt(ear, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: "\(folder)/notify".utf8) }
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isReady =
                Self.lend(&name) { bind(ear, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) } == 0
                && Self.lend(&address) { bind(listener, $0, length) } == 0 && listen(listener, 64) == 0
                && Self.lend(&address) { getsockname(listener, $0, &length) } == 0
            guard isReady else { throw ProgramError("no sockets for the test: \(errno)") }
            (self.folder, self.ear, self.listener) = (folder, ear, listener)
            port = UInt16(bigEndian: address.sin_port)
        }

        deinit {
            close(ear)
            close(listener)
            try? FileManager.default.removeItem(atPath: folder)
        }

        private static func lend<Address, Result>(_ address: inout Address, _ body: (UnsafeMutablePointer<sockaddr>) -> Result)
            -> Result
        {
            withUnsafeMutablePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body) }
        }

        /// The next notification that is not the watchdog's; empty after a minute without.
        func next(alsoAlive: Bool = false) -> String {
            while true {
                var bytes = [UInt8](repeating: 0, count: 4096)
                let count = recv(ear, &bytes, bytes.count, 0)
                let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
                if alsoAlive || text != "WATCHDOG=1" { return text }
            }
        }

        /// Starts the program with the listener as its descriptor 3.
        func start(_ more: String...) throws -> Child {
            // Only the shell knows the number of the process that it becomes.
            let script = "export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=web; exec \"$@\" >/dev/null 2>\(folder)/log"
            let words = ["-c", script, "sh", Program.binary, "serve", "--data", folder + "/data", "--log-level", "error"]
            var environment = ProcessInfo.processInfo.environment
            environment["NOTIFY_SOCKET"] = folder + "/notify"
            environment["WATCHDOG_USEC"] = "200000"
            return try Child("/bin/sh", words + more, environment: environment, passed: listener)
        }
    }

    private func get(_ port: UInt16, _ path: String) throws -> String {
        let answer = try Child.run("curl", ["-sS", "--max-time", "20", "http://127.0.0.1:\(port)\(path)"])
        return answer.output
    }

    @Test func `a passed socket is served, and the manager hears of every change`() throws {
        let manager = try Manager()
        let process = try manager.start("--access-log", manager.folder + "/access.log")
        #expect(manager.next() == "READY=1")
        #expect(manager.next(alsoAlive: true) == "WATCHDOG=1")
        #expect(try get(manager.port, "/livez").contains("ok"))
        process.signal(SIGHUP)
        let reloading = manager.next()
        let prefix = "RELOADING=1\nMONOTONIC_USEC="
        #expect(reloading.hasPrefix(prefix) && UInt64(reloading.dropFirst(prefix.count)) != nil)
        #expect(manager.next() == "READY=1")
        process.signal(SIGTERM)
        #expect(manager.next() == "STOPPING=1")
        #expect(process.wait() == 0)
    }

    @Test func `a client that comes while the program restarts waits and is served`() throws {
        let manager = try Manager()
        let first = try manager.start()
        #expect(manager.next() == "READY=1")
        first.signal(SIGTERM)
        #expect(first.wait() == 0)
        #expect(manager.next() == "STOPPING=1")
        let port = manager.port
        let answered = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            if (try? self.get(port, "/livez"))?.contains("ok") == true { answered.signal() }
        }
        let second = try manager.start()
        #expect(answered.wait(timeout: .now() + 60) == .success)
        second.signal(SIGTERM)
        #expect(second.wait() == 0)
    }

    @Test func `SIGHUP opens the access log again`() throws {
        let manager = try Manager()
        let log = manager.folder + "/access.log"
        let process = try manager.start("--access-log", log)
        #expect(manager.next() == "READY=1")
        _ = try get(manager.port, "/livez")
        // Lines are held back until a reload, and a client may have its answer before there is one.
        for _ in 0..<1000 where try !String(contentsOfFile: log, encoding: .utf8).contains("GET /livez 200") {
            process.signal(SIGHUP)
            #expect(manager.next().hasPrefix("RELOADING") && manager.next() == "READY=1")
        }
        try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
        process.signal(SIGHUP)
        #expect(manager.next().hasPrefix("RELOADING") && manager.next() == "READY=1")
        _ = try get(manager.port, "/readyz")
        process.signal(SIGTERM)
        #expect(process.wait() == 0)
        let (old, new) = try (String(contentsOfFile: log + ".1", encoding: .utf8), String(contentsOfFile: log, encoding: .utf8))
        #expect(old.contains("GET /livez 200") && !old.contains("/readyz"))
        #expect(new.contains("GET /readyz 200") && !new.contains("/livez"))
    }

    @Test func `a second SIGTERM ends the program at once, with a request in flight`() throws {
        let manager = try Manager()
        let process = try manager.start("--drain-seconds", "600")
        #expect(manager.next() == "READY=1")
        let body = "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
        let script =
            "import socket,sys\ns=socket.create_connection(('127.0.0.1',\(manager.port)))\ns.sendall(sys.argv[1].encode())\n"
            + "print('sent',flush=True)\ns.recv(1)"
        let output = Pipe()
        let client = try Child("python3", ["-c", script, body], output: output.fileHandleForWriting)
        try output.fileHandleForWriting.close()
        _ = output.fileHandleForReading.availableData
        process.signal(SIGTERM)
        #expect(manager.next() == "STOPPING=1")
        process.signal(SIGTERM)
        #expect(process.wait() == 1)
        client.wait()
    }

    @Test(arguments: [
        ["--listen", "127.0.0.1"], ["--listen", "::1:80"], ["--listen", "[127.0.0.1]:80"], ["--listen", ":80"],
        ["--listen", "127.0.0.1:80,x"], ["--listen", "127.0.0.1:99999"], ["--unix-mode", "888", "--listen", "unix:/tmp/never"],
        ["--redirect", "127.0.0.1:0"], ["--tls-cert", "a,b", "--tls-key", "a"], ["--https-port", "0"],
        ["--access-log", "/no/such/folder/log"],
    ]) func `settings that can't be are one line and exit code 2`(flags: [String]) throws {
        let result = try Child.run(Program.binary, ["serve", "--data", "/no/such/folder"] + flags)
        #expect(result.code == 2)
        #expect(result.error.split(separator: "\n").count == 1 && result.error.contains("--"), "\(result.error)")
    }

    @Test func `a reader of the first lines that is gone does not end the server`() throws {
        let manager = try Manager()
        var environment = ProcessInfo.processInfo.environment
        environment["NOTIFY_SOCKET"] = manager.folder + "/notify"
        let output = Pipe()
        try output.fileHandleForReading.close()
        let process = try Child(
            Program.binary, ["serve", "--data", manager.folder + "/data", "--port", "0", "--log-level", "error"],
            environment: environment, output: output.fileHandleForWriting)
        #expect(manager.next() == "READY=1")
        process.signal(SIGTERM)
        #expect(process.wait() == 0)
    }
}
