/// Finds near duplicates among a million prints: a hash table from every kept sub-print to the places where it stands.
///
/// A look-up asks for the query's sub-prints and for what they become when their least certain bits are turned; each place
/// found is an alignment, which is verified on the whole. 8 bytes a kept sub-print and 8 a recording, and the table's heads.
public struct PrintIndex: ~Copyable, Sendable {
    /// Least certain bits that are turned in all combinations.
    static let turnedBitCount = 3
    /// Sub-prints of a query that are asked for at most; a longer one is asked for every second, third… one.
    static let askedCountMax = 512
    /// Places of one value that are looked at, the newest first: what so many recordings share says nothing.
    static let chainMax = 1024
    /// Alignments that are verified at most in one look-up: a bound on its time.
    static let alignmentCountMax = 20_000
    /// Matches that a look-up answers at most.
    public static let matchCountMax = 64
    private static let guideBits = 6
    private static let headCountMin = 1 << 16
    private static let none = UInt32.max

    /// Where the value's bucket begins: the place of its newest sub-print.
    private var heads: [UInt32]
    private var places = PrintPlaces()
    /// Where each recording's sub-prints begin, rising.
    private var starts: [UInt32] = []
    /// For every 64th place a recording that begins there or a little before.
    private var guides: [UInt32] = []
    /// How many there are; 0 once it is removed.
    private var counts: [UInt16] = []

    /// - Parameter expectedCount: kept sub-prints that will come at first, so that the table need not grow under way.
    public init(expectedCount: Int = 0) {
        var headCount = Self.headCountMin
        while 2 * headCount < expectedCount { headCount *= 2 }
        heads = Array(repeating: Self.none, count: headCount)
    }

    /// Recordings that were ever taken, removed ones among them.
    public var count: Int { starts.count }

    /// Memory that it holds.
    public var byteCount: Int {
        heads.capacity * 4 + places.byteCount + (starts.capacity + guides.capacity) * 4 + counts.capacity * 2
    }

    /// Takes a print; answers its number: 0, 1, 2… in order.
    public mutating func insert(_ print: KeptPrint) -> Int {
        let start = places.append(print.subprints)
        while guides.count << Self.guideBits < start + print.subprints.count { guides.append(UInt32(starts.count)) }
        starts.append(UInt32(start))
        counts.append(UInt16(print.subprints.count))
        if places.count > 4 * heads.count { grow() } else { for place in start..<start + print.subprints.count { link(place) } }
        return starts.count - 1
    }

    /// Forgets a print; its sub-prints are overwritten.
    public mutating func remove(_ number: Int) {
        let start = Int(starts[number])
        for place in start..<start + Int(counts[number]) { places.erase(place) }
        counts[number] = 0
    }

    /// The near duplicates of a print, the most alike first.
    public func matches(of print: Print) -> [(number: Int, match: PrintMatch)] {
        var search = PrintSearch()
        for line in print.lines {
            find(line, &search)
            // Other tunings are for copies that were played at another speed.
            if !search.best.isEmpty { break }
        }
        return search.best.map { ($0.key, $0.value) }.sorted { $0.1.bitError < $1.1.bitError }
    }

    private func find(_ line: PrintLine, _ search: inout PrintSearch) {
        let spoken = line.spokenCount
        line.subprints.withUnsafeBufferPointer { query in
            let step = max(1, (query.count + Self.askedCountMax - 1) / Self.askedCountMax)
            for at in stride(from: 0, to: query.count, by: step) where query[at] != Print.silent {
                let weak = line.weakBits[at]
                for combination in UInt32(0)..<1 << UInt32(Self.turnedBitCount) {
                    var value = query[at]
                    for bit in 0..<Self.turnedBitCount where combination & 1 << UInt32(bit) != 0 {
                        value ^= 1 << UInt32(weak[bit])
                    }
                    follow(value, from: at, of: query, spoken: spoken, &search)
                    if search.isOver { return }
                }
            }
        }
    }

    /// Verifies every place of a value.
    private func follow(
        _ value: UInt32, from at: Int, of query: UnsafeBufferPointer<UInt32>, spoken: Int, _ search: inout PrintSearch
    ) {
        var place = heads[bucket(of: value)]
        var steps = 0
        while place != Self.none, steps < Self.chainMax, !search.isOver {
            let (found, next) = places[Int(place)]
            if found == value { verify(Int(place), from: at, of: query, spoken: spoken, &search) }
            place = next
            steps += 1
        }
    }

    private func verify(
        _ place: Int, from at: Int, of query: UnsafeBufferPointer<UInt32>, spoken: Int, _ search: inout PrintSearch
    ) {
        let number = recording(at: place)
        guard counts[number] > 0, search.best[number] == nil else { return }
        search.alignmentCount += 1
        let start = Int(starts[number])
        let kept = places.range(start, count: Int(counts[number]))
        let alignment = PrintAlignment(query: query, spoken: spoken, kept: kept)
        let offset = at - (place - start) * PrintGrid.keptStep
        guard alignment.isPromising(at: place - start, offset: offset),
            let match = alignment.match(at: place - start, offset: offset), match.isSame
        else { return }
        search.best[number] = match
    }

    /// The last recording that begins at the place or before.
    private func recording(at place: Int) -> Int {
        var number = Int(guides[place >> Self.guideBits])
        while number + 1 < starts.count, starts[number + 1] <= place { number += 1 }
        return number
    }

    /// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): sub-prints of speech are not evenly spread.
    private func bucket(of value: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(value) &* 0x9E37_79B9_7F4A_7C15) >> 32) & (heads.count - 1)
    }

    private mutating func link(_ place: Int) {
        let value = places[place].value
        guard value != Print.silent else { return }
        let head = bucket(of: value)
        places.link(place, to: heads[head])
        heads[head] = UInt32(place)
    }

    private mutating func grow() {
        heads = Array(repeating: Self.none, count: heads.count * 2)
        for number in starts.indices {
            let start = Int(starts[number])
            for place in start..<start + Int(counts[number]) { link(place) }
        }
    }
}

/// What a look-up has found so far.
private struct PrintSearch {
    var best: [Int: PrintMatch] = [:]
    var alignmentCount = 0

    var isOver: Bool {
        best.count >= PrintIndex.matchCountMax || alignmentCount >= PrintIndex.alignmentCountMax
    }
}
