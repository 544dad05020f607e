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
    private let uncapped: AddressList
    private let proxies: AddressList

    /// - Parameter countMax: what the system lets the process have, whatever is configured.
    init(_ configuration: ServerConfiguration, countMax: Int) {
        self.countMax = min(configuration.connectionCountMax, countMax)
        countPerAddressMax = configuration.connectionCountPerAddressMax
        uncapped = configuration.uncapped
        proxies = configuration.forwarding.trusted
    }

    var count: Int { state.withLock { $0.count } }

    /// Nil when one more may come, which then counts until `leave`.
    func enter(_ peer: PeerAddress) -> ConnectionRefusal? {
        let group = peer.address.group
        let isCapped = !uncapped.contains(peer.address) && !proxies.contains(peer.address)
        return state.withLock { state in
            guard state.count < countMax else { return .process }
            let groupCount = state.countByGroup[group, default: 0]
            guard !isCapped || groupCount < countPerAddressMax else { return .address }
            state.count += 1
            state.countByGroup[group] = groupCount + 1
            return nil
        }
    }

    func leave(_ peer: PeerAddress) {
        let group = peer.address.group
        state.withLock { state in
            state.count -= 1
            let groupCount = state.countByGroup[group, default: 1] - 1
            state.countByGroup[group] = groupCount > 0 ? groupCount : nil
        }
    }
}
