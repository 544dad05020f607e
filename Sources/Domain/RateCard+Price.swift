extension RateCard {
    /// One itemised price; who asks for many keeps a `PriceList`.
    ///
    /// - Parameters:
    ///   - gap: the gap that covers the request's cell, nil where no hours are wanted; a premium among the terms brings its own.
    ///   - terms: what the market adds: a dated premium, a bounty.
    public func price(_ request: PriceRequest, scarcity gap: Scarcity? = nil, on terms: PriceTerms = PriceTerms()) -> Price {
        PriceList(self).price(request, scarcity: gap, on: terms)
    }
}
