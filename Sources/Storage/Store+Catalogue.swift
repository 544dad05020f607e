import Dispatch
import Domain
import GRDB
import Synchronization

extension Store {
    /// How often a transaction is begun anew because a commit came between it and the index.
    private static let catalogueTriesMax = 3
    /// How often the index is built before it is left to the next question, while another program goes on writing.
    private static let buildTriesMax = 3

    /// Builds the catalogue's index in the background now, and whenever another program has changed the catalogue.
    /// - Parameter onError: why there is none; counting goes on by SQL.
    public func indexCatalogue(onError: @escaping @Sendable (any Error) -> Void = { _ in }) {
        isIndexed.store(true, ordering: .releasing)
        buildWhileWanted(onError: onError)
    }

    private func buildWhileWanted(onError: @escaping @Sendable (any Error) -> Void = { _ in }) {
        indexing.async { [self] in
            guard isIndexed.load(ordering: .acquiring) else { return }
            do {
                _ = try buildIndex()
            } catch {
                // What does not fit now does not fit when it is tried again.
                if error is CatalogueIndexError { isIndexed.store(false, ordering: .releasing) }
                onError(error)
            }
        }
    }

    /// Builds the catalogue's index now, unless there is one that is of the database's state.
    /// - Returns: whether there is one.
    @discardableResult
    public func buildCatalogueIndex() throws -> Bool {
        isIndexed.store(true, ordering: .releasing)
        // Behind what is built in the background already.
        return try indexing.sync(execute: buildIndex)
    }

    /// Waits for the index that is built in the background, and lets no other begin.
    func endIndexing() {
        isIndexed.store(false, ordering: .releasing)
        indexing.sync {}
    }

    private func buildIndex() throws -> Bool {
        for _ in 0..<Self.buildTriesMax where try catalogue.build(from: readers, behind: writer) { return true }
        return false
    }

    /// Whether counts of the database's present state come from the index.
    package func isCatalogueIndexed() throws -> Bool {
        let state = try read(CatalogueState.init(in:))
        return if case .counts = catalogue.counts(CatalogueQuery(), by: [], of: state) { true } else { false }
    }

    /// What matches in the database's present state, from memory alone; nil where it has to be looked for. Does not block.
    public func knownCatalogue(
        _ query: CatalogueQuery, by facets: [CatalogueFacet], _ page: PageRequest
    ) -> CatalogueAnswer? {
        guard let known = known(catalogueStates), let state = known else { return nil }
        return catalogue.known(query, by: facets, page, of: state)
    }

    /// Runs the body on one unchanging state of the database, with what matches in that state: counts, and a page.
    public func readCatalogue<T>(
        _ query: CatalogueQuery, by facets: [CatalogueFacet], _ page: PageRequest,
        _ body: (Connection, CatalogueAnswer) throws -> T
    ) throws -> T {
        for _ in 0..<Self.catalogueTriesMax {
            let answer: T?? = try read(catalogueStates, load: CatalogueState.init(in:)) { db, state in
                switch catalogue.counts(query, by: facets, of: state) {
                case .counts(let counts):
                    let page = try catalogue.page(query, page, of: state) { try Catalogue.entries(query, page, in: db) }
                    return try body(db, CatalogueAnswer(counts: counts, page: page))
                case .moved: return T??.some(nil)
                case .noIndex: return T??.none
                }
            }
            guard let found = answer else { break }
            if let found { return found }
        }
        if isIndexed.load(ordering: .acquiring) { buildWhileWanted() }
        return try read { db in
            let counts = try Catalogue.counts(query, by: facets, in: db)
            return try body(db, CatalogueAnswer(counts: counts, page: Catalogue.entries(query, page, in: db)))
        }
    }
}

/// What matches a query.
public struct CatalogueAnswer: Sendable {
    public let counts: CatalogueCounts
    public let page: Page<Catalogue.Entry>
}
