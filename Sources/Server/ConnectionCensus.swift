import HTTP

/// Counts connections of the process and of each address, and says who may come in.
final class ConnectionCensus: Sendable {
    private struct State {
        var count = 0
        var countByGroup: [IPAddress: Int] = [:]
    }

    private let state = Guarded(State())
    private let countMax: Int
    private let countPerAddressMax: Int
    private let isLoopbackCapped: Bool
    private let proxies: AddressList

    init(_ configuration: ServerConfiguration) {
        countMax = configuration.connectionCountMax
        countPerAddressMax = configuration.connectionCountPerAddressMax
        isLoopbackCapped = configuration.isLoopbackCapped
        proxies = configuration.forwarding.trusted
    }

    var count: Int { state.withLock { $0.count } }

    /// Whether one more may come; it then counts until `leave`.
    func enter(_ peer: PeerAddress) -> Bool {
        state.withLock { state in
            let groupCount = state.countByGroup[peer.address.group, default: 0]
            let isFree = (peer.address.isLoopback && !isLoopbackCapped) || proxies.contains(peer.address)
            guard state.count < countMax, isFree || groupCount < countPerAddressMax else { return false }
            state.count += 1
            state.countByGroup[peer.address.group] = groupCount + 1
            return true
        }
    }

    func leave(_ peer: PeerAddress) {
        state.withLock { state in
            state.count -= 1
            let groupCount = state.countByGroup[peer.address.group, default: 1] - 1
            state.countByGroup[peer.address.group] = groupCount > 0 ? groupCount : nil
        }
    }
}
