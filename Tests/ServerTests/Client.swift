import Glibc

/// A tiny blocking client. Every read gives up after a minute, so that a test that waits in vain fails.
final class Client {
    struct Failure: Error {}

    struct Reply {
        var status = 0
        var head = ""
        var body: [UInt8] = []

        var text: String { String(decoding: body, as: UTF8.self) }

        /// The value of a field, nil where it is absent.
        func field(_ name: String) -> String? {
            for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix(name.lowercased() + ":") {
                return String(line.dropFirst(name.count + 1).drop { $0 == " " })
            }
            return nil
        }
    }

    let descriptor: Int32
    private var buffer: [UInt8] = []
    private var isOpen = true

    convenience init(port: UInt16, receiveBufferByteCount: Int32? = nil) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try self.init(to: address, AF_INET, receiveBufferByteCount: receiveBufferByteCount)
    }

    /// To the loopback address of IPv6.
    convenience init(version6Port port: UInt16) throws {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_addr = in6addr_loopback
        try self.init(to: address, AF_INET6)
    }

    convenience init(unix path: String) throws { try self.init(to: unixAddress(path), AF_UNIX) }

    private init<Address>(to address: Address, _ family: Int32, receiveBufferByteCount: Int32? = nil) throws {
        descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        if var count = receiveBufferByteCount {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &count, socklen_t(MemoryLayout<Int32>.size))
        }
        var timeout = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let code = withSocketAddress(address) { connect(descriptor, $0, $1) }
        guard code == 0 else {
            Glibc.close(descriptor)
            isOpen = false
            throw Failure()
        }
    }

    deinit { close() }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure() }
            sent += count
        }
    }

    /// Sends a request and reads its answer.
    func exchange(_ method: String, _ path: String, _ lines: String = "", body: String = "") throws -> Reply {
        try send("\(method) \(path) HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\(body)")
        return try reply(isHead: method == "HEAD")
    }

    /// The next answer, 1xx included.
    func reply(isHead: Bool = false) throws -> Reply {
        var reply = Reply()
        reply.head = String(decoding: try take(through: "\r\n\r\n"), as: UTF8.self)
        reply.status = Int(reply.head.split(separator: " ")[1])!
        if isHead || reply.status < 200 || reply.status == 204 || reply.status == 304 { return reply }
        if let count = reply.field("Content-Length") {
            reply.body = try take(Int(count)!)
        } else if reply.field("Transfer-Encoding") == "chunked" {
            while true {
                let line = String(decoding: try take(through: "\r\n").dropLast(2), as: UTF8.self)
                let chunk = try take(Int(line, radix: 16)! + 2).dropLast(2)
                if chunk.isEmpty { break }
                reply.body += chunk
            }
        } else {
            reply.body = try rest()
        }
        return reply
    }

    /// Everything up to the end of the connection, which must be an orderly one.
    func rest() throws -> [UInt8] {
        while try fill() {}
        defer { buffer = [] }
        return buffer
    }

    /// Whether the connection ends, orderly or by a reset, without another byte.
    func seesEnd() -> Bool {
        do { return try rest().isEmpty } catch { return errno == ECONNRESET }
    }

    /// No more bytes will come from here.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends with a reset.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close()
    }

    func close() {
        if isOpen { Glibc.close(descriptor) }
        isOpen = false
    }

    func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { guard try fill() else { throw Failure() } }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    func take(through end: String) throws -> [UInt8] {
        let end = Array(end.utf8)
        var searched = 0
        while true {
            while searched + end.count <= buffer.count {
                if buffer[searched..<searched + end.count].elementsEqual(end) { return try take(searched + end.count) }
                searched += 1
            }
            guard try fill() else { throw Failure() }
        }
    }

    private func fill() throws -> Bool {
        var piece = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &piece, piece.count, 0)
        guard count >= 0 else { throw Failure() }
        buffer += piece[..<count]
        return count > 0
    }
}
