import HTTP

/// Chunked bodies: any split gives the same content, trailers and end, and no more comes out than went in.
enum ChunkedTarget {
    static func run(_ bytes: [UInt8]) -> CInt {
        var split = Split(bytes)
        let whole = outcome(bytes, ends: [bytes.count])
        let pieces = outcome(bytes, ends: split.ends(bytes.count))
        property(whole == pieces, "A split changes the body: \(whole) and \(pieces)")
        property(whole.content.count <= bytes.count, "More content than bytes")
        if whole.isEnded {
            let size = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66 }
            property(whole.content.isEmpty == size.allSatisfy { $0 == 0x30 }, "A size became another")
            let again = encoded(whole.content)
            let second = outcome(again, ends: [again.count])
            property(second.isEnded && second.content == whole.content, "Written and read again is not the same")
            property(second.position == again.count, "The end is not where it was written")
        }
        return Verdict.kept
    }

    private struct Outcome: Equatable {
        var content: [UInt8] = []
        var trailers = Fields()
        var position = 0
        var isEnded = false
        var failure: RequestFailure?
    }

    private static func outcome(_ bytes: [UInt8], ends: [Int]) -> Outcome {
        var decoder = ChunkedDecoder()
        var outcome = Outcome()
        do throws(RequestFailure) {
            for end in ends where !outcome.isEnded {
                let piece = bytes.span.extracting(0..<end)
                reading: while true {
                    switch try decoder.next(piece, at: &outcome.position) {
                    case .bytes(let range):
                        property(range.upperBound <= end && !range.isEmpty, "Content outside what was given")
                        outcome.content += bytes[range]
                    case .needsMore:
                        property(outcome.position == end, "Bytes were left")
                        break reading
                    case .end:
                        outcome.isEnded = true
                        break reading
                    }
                }
            }
            outcome.trailers = decoder.trailers
        } catch {
            outcome.failure = error
        }
        return outcome
    }

    private static func encoded(_ content: [UInt8]) -> [UInt8] {
        content.isEmpty
            ? ChunkEncoding.end
            : ChunkEncoding.sizeLine(content.count) + content + ChunkEncoding.lineEnd + ChunkEncoding.end
    }
}
