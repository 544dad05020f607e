import Glibc

extension Client {
    /// Sends as much as goes within a second of no progress, and returns how much that was.
    func sendWithoutWaiting(_ byteCount: Int) -> Int {
        let piece = [UInt8](repeating: 1, count: 65536)
        var sent = 0
        while sent < byteCount {
            var set = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&set, 1, 1000) > 0 else { return sent }
            let count = Glibc.send(
                descriptor, piece, min(piece.count, byteCount - sent), Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            if count > 0 { sent += count }
        }
        return sent
    }
}
