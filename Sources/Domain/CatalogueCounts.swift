/// All that matches a query, and its parts by the values of facets.
public struct CatalogueCounts: Sendable, Equatable {
    public struct Part: Sendable, Equatable {
        public let value: String
        public let count: CatalogueCount

        public init(value: String, count: CatalogueCount) {
            self.value = value
            self.count = count
        }
    }

    public let total: CatalogueCount
    /// For each facet asked for its values, most speech first, then in the order of their bytes.
    public let parts: [CatalogueFacet: [Part]]

    public init(total: CatalogueCount, parts: [CatalogueFacet: [Part]]) {
        self.total = total
        self.parts = parts
    }
}
