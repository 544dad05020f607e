import Glibc
import Logging

/// New connections.
extension EventLoop {
    private static let acceptCountMax = 64

    /// Takes who waits, up to a fair share.
    func acceptAll() {
        guard let listening, !isDraining else { return }
        for _ in 0..<Self.acceptCountMax {
            switch listening.accept(context.spare) {
            case .connection(let descriptor, let peer): admit(descriptor, peer)
            case .again: continue
            case .turnedAway: context.onRefusal(.descriptors)
            case .nobody: return
            case .exhausted: return pauseListener(listening)
            }
        }
    }

    private func pauseListener(_ listening: ListeningSocket) {
        isListenerPaused = true
        epoll.remove(listening.descriptor)
        context.logger.warning("no descriptor or memory for another connection; taking none for a moment")
    }

    /// Looks at the listener again.
    func resumeListener() {
        guard isListenerPaused, let listening, !isDraining else { return }
        isListenerPaused = !epoll.add(listening.descriptor, .readable, token: Self.listenerToken)
    }

    private func admit(_ descriptor: Int32, _ peer: PeerAddress) {
        if let refusal = context.census.enter(peer) {
            close(descriptor)
            context.onRefusal(refusal)
            return
        }
        serial &+= 1
        // Never the listener's token: descriptors are not negative.
        let token = UInt64(serial) << 32 | UInt64(descriptor)
        let connection = Connection(descriptor: descriptor, serial: serial, peer: peer, loop: self)
        let events: Epoll.Events = [.readable, .writable, .peerClosed, .edgeTriggered]
        guard let connection, epoll.add(descriptor, events, token: token) else {
            context.census.leave(peer)
            close(descriptor)
            return
        }
        while connections.count <= Int(descriptor) { connections.append(nil) }
        connections[Int(descriptor)] = connection
        connectionCount += 1
    }
}
