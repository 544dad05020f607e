/// A recording does not fit the index: more different values than it has numbers for, a length of more than 24 days, or an id that
/// is none. Whoever keeps an index counts without it then.
public struct CatalogueIndexError: Error, Equatable {
    public init() {}
}
