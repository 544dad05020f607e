extension Print {
    /// Sub-prints that are not silent.
    var spokenCount: Int { subprints.count(where: { $0 != Self.silent }) }

    /// The best match over all alignments, nil where there is none at all. Costs about a millisecond: an index finds where to
    /// look first.
    public func match(_ kept: KeptPrint) -> PrintMatch? {
        subprints.withUnsafeBufferPointer { query in
            kept.subprints.withUnsafeBufferPointer { other in
                let alignment = PrintAlignment(query: query, spoken: spokenCount, kept: other)
                let step = PrintAlignment.drift.count
                var best: PrintMatch?
                // Every alignment is met: a first block is tried with all shifts of its drift.
                for place in stride(from: 0, to: other.count, by: PrintAlignment.blockLength) {
                    for offset in stride(
                        from: -place * PrintGrid.keptStep, to: query.count - place * PrintGrid.keptStep, by: step)
                    {
                        guard let match = alignment.match(at: place, offset: offset) else { continue }
                        if best.map({ match.bitError < $0.bitError }) ?? true { best = match }
                    }
                }
                return best
            }
        }
    }
}
