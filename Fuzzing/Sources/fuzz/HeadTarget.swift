import HTTP

/// Heads of requests: any split gives the same head or the same failure, a head is complete in its own bytes, and nothing it
/// holds can begin another field of an answer.
enum HeadTarget {
    static func run(_ bytes: [UInt8]) -> CInt {
        var split = Split(bytes)
        let whole = outcome(bytes, ends: [bytes.count])
        let pieces = outcome(bytes, ends: split.ends(bytes.count))
        property(whole == pieces, "A split changes the head: \(whole) and \(pieces)")
        if case .head(let head) = whole { check(head, bytes) }
        return Verdict.kept
    }

    private static func check(_ head: Seen, _ bytes: [UInt8]) {
        let count = head.byteCount
        property(count <= bytes.count, "A head is longer than its bytes")
        property(outcome(Array(bytes[..<count]), ends: [count]) == .head(head), "A head needs bytes behind its end")
        property(outcome(Array(bytes[..<count]), ends: [count - 1]) == .incomplete, "A head ends before its end")
        property(head.path.utf8.first == 0x2F, "A path begins with a slash")
        property(head.isVersion10 || head.fields.values("Host").count == 1, "HTTP/1.1 has one Host")
        property(head.fields.all.count <= Limits().fieldCountMax + 1, "More fields than the limit")
        if head.framing == .chunked {
            property(!head.isVersion10 && head.fields["Content-Length"] == nil, "Two readings of where the body ends")
        }
        var answer: [UInt8] = []
        ResponseHead(
            status: 200, fields: head.fields, framing: .length(0), persistence: .silent, date: "", requestID: ""
        ).append(to: &answer)
        let lines = answer.split(separator: 0x0A, omittingEmptySubsequences: false)
        property(lines.allSatisfy { $0.isEmpty || $0.last == 0x0D }, "A line feed stands alone")
        property(!answer.dropLast(2).contains(0) && answer.count { $0 == 0x0D } == lines.count - 1, "A return stands alone")
        property(lines.count <= head.fields.all.count + 5, "A field became two")
    }

    /// What of a head can be compared.
    private struct Seen: Equatable {
        let method: String
        let target: String
        let path: String
        let query: String?
        let fields: Fields
        let framing: BodyFraming
        let flags: [Bool]
        let byteCount: Int
        let isVersion10: Bool

        init(_ head: RequestHead) {
            method = head.request.method.rawValue
            target = head.request.target
            path = head.request.path
            query = head.request.query
            fields = head.request.fields
            framing = head.framing
            flags = [head.keepsAlive, head.expectsContinue]
            byteCount = head.byteCount
            isVersion10 = head.isVersion10
        }
    }

    private enum Outcome: Equatable {
        case incomplete
        case head(Seen)
        case failure(RequestFailure)
    }

    private static func outcome(_ bytes: [UInt8], ends: [Int]) -> Outcome {
        var parser = HeadParser()
        do throws(RequestFailure) {
            for end in ends {
                if let head = try parser.parse(bytes.span.extracting(0..<end)) { return .head(Seen(head)) }
            }
            return .incomplete
        } catch {
            return .failure(error)
        }
    }
}
