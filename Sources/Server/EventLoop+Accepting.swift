import Glibc
import Logging

/// New connections.
extension EventLoop {
    private static let acceptCountMax = 64

    /// Takes who waits at a listener, up to a fair share. To ask once more and hear that nobody waits costs as much as to take
    /// somebody, so only as many are asked for as came together lately; the listener stays ready while there are more.
    func acceptSome(_ index: Int) {
        acceptCount = min(
            Self.acceptCountMax, acceptAll(index, countMax: acceptCount) ? acceptCount * 2 : max(1, acceptCount / 2))
    }

    /// Takes who waits at a listener; answers whether there may be more.
    @discardableResult
    func acceptAll(_ index: Int, countMax: Int) -> Bool {
        guard !isDraining, listening.indices.contains(index) else { return false }
        let socket = listening[index]
        for _ in 0..<countMax {
            switch socket.accept(context.spare) {
            case .connection(let descriptor, let peer): admit(descriptor, peer, socket.listener.service)
            case .again: continue
            case .turnedAway: context.onRefusal(.descriptors)
            case .nobody: return false
            case .exhausted:
                pauseListener(index)
                return false
            }
        }
        return true
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
        guard let connection = Connection(descriptor: descriptor, serial: serial, peer: peer, service: service, loop: self) else {
            context.census.leave(peer)
            close(descriptor)
            return
        }
        while connections.count <= Int(descriptor) { connections.append(nil) }
        connections[Int(descriptor)] = connection
        connectionCount += 1
        // Its request is often here already. Where the answer ends the connection, nobody has to watch it.
        connection.turn()
        guard connection.phase != .closed else { return }
        // Never a listener's token: descriptors are not negative.
        let token = UInt64(connection.serial) << 32 | UInt64(descriptor)
        if !epoll.add(descriptor, [.readable, .writable, .peerClosed, .edgeTriggered], token: token) { connection.close() }
    }
}
