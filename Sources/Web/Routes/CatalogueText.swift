import Domain
import HTTP
import JSON
import Market
import Storage
import Synchronization

/// What matches a query, a line of JSON for each recording, made while it is sent: memory stays small however much it is. Each part is of
/// the state of its moment, so what is withdrawn meanwhile is not listed any more.
final class CatalogueText: ContentSequence {
    static let mediaType = "application/x-ndjson"
    /// Lines that are made at a time.
    private static let lineCount = 512
    /// Speakers whose names are remembered.
    fileprivate static let nameCountMax = 10_000

    fileprivate struct State {
        var last: ID<Recording>?
        var hasEnded = false
        var names: [ID<Contributor>: String] = [:]
    }

    private let market: Marketplace
    private let query: CatalogueQuery
    private let buyer: ID<Buyer>
    // Called one at a time; the lock is for the compiler.
    private let state: Mutex<State>

    init(_ query: CatalogueQuery, after recording: ID<Recording>?, for buyer: ID<Buyer>, _ market: Marketplace) {
        self.market = market
        self.query = query
        self.buyer = buyer
        state = Mutex(State(last: recording))
    }

    func next() throws -> [UInt8]? {
        try state.withLock { state in
            guard !state.hasEnded else { return nil }
            var writer = JSONWriter()
            var count = 0
            try market.store.read { db in
                try Catalogue.entries(query, after: state.last, limit: Self.lineCount, in: db) { entry in
                    CatalogueEntry(entry: entry, speaker: state.name(of: entry.contributor, for: buyer)).write(to: &writer)
                    writer.writeLineFeed()
                    state.last = entry.recording
                    count += 1
                }
            }
            state.hasEnded = count < Self.lineCount
            return count == 0 ? nil : writer.bytes
        }
    }
}

extension CatalogueText.State {
    fileprivate mutating func name(of contributor: ID<Contributor>, for buyer: ID<Buyer>) -> String {
        if let known = names[contributor] { return known }
        if names.count >= CatalogueText.nameCountMax { names.removeAll() }
        let name = Marketplace.speakerName(of: contributor, for: buyer)
        names[contributor] = name
        return name
    }
}
