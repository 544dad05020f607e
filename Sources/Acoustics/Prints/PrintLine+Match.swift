extension PrintLine {
    /// The best match over all alignments, nil where there is none at all.
    func match(_ kept: KeptPrint) -> PrintMatch? {
        subprints.withUnsafeBufferPointer { query in
            kept.subprints.withUnsafeBufferPointer { other in
                let alignment = PrintAlignment(query: query, spoken: spokenCount, kept: other)
                let ratio = PrintGrid.keptStep
                var best: PrintMatch?
                // Every alignment is met: a first block is tried with all shifts of its drift.
                for place in stride(from: 0, to: other.count, by: PrintAlignment.blockLength) {
                    let offsets = stride(
                        from: -other.count * ratio, to: query.count, by: PrintAlignment.drift.count)
                    for offset in offsets {
                        guard let match = alignment.match(at: place, offset: offset) else { continue }
                        if best.map({ match.bitError < $0.bitError }) ?? true { best = match }
                    }
                }
                return best
            }
        }
    }
}
