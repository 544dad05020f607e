import Glibc
import Logging

/// New connections.
extension EventLoop {
    private static let acceptCountMax = 64

    /// Takes who waits at a listener, up to a fair share.
    func acceptAll(_ index: Int, countMax: Int = acceptCountMax) {
        guard !isDraining, listening.indices.contains(index) else { return }
        let socket = listening[index]
        for _ in 0..<countMax {
            switch socket.accept(context.spare) {
            case .connection(let descriptor, let peer): admit(descriptor, peer, socket.listener.service)
            case .again: continue
            case .turnedAway: context.onRefusal(.descriptors)
            case .nobody: return
            case .exhausted: return pauseListener(index)
            }
        }
    }

    private func pauseListener(_ index: Int) {
        pausedListeners.insert(index)
        epoll.remove(listening[index].descriptor)
        context.logger.warning("no descriptor or memory for another connection; taking none for a moment")
    }

    /// Looks at the listeners again.
    func resumeListeners() {
        guard !pausedListeners.isEmpty, !isDraining else { return }
        pausedListeners = pausedListeners.filter { !watchListener($0) }
    }

    private func admit(_ descriptor: Int32, _ peer: PeerAddress, _ service: Listener.Service) {
        if let refusal = context.census.enter(peer) {
            close(descriptor)
            context.onRefusal(refusal)
            return
        }
        serial &+= 1
        // Never a listener's token: descriptors are not negative.
        let token = UInt64(serial) << 32 | UInt64(descriptor)
        let connection = Connection(descriptor: descriptor, serial: serial, peer: peer, service: service, loop: self)
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
