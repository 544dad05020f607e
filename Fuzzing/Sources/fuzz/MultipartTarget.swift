import HTTP

/// Forms: any split gives the same parts with the same content. The boundary is `b`, so that mutations meet it often.
enum MultipartTarget {
    private static let contentType = MediaType(parsing: "multipart/form-data; boundary=b")

    private static let delimiter = Array("\r\n--b".utf8)

    static func run(_ bytes: [UInt8]) -> CInt {
        var split = Split(bytes)
        let whole = outcome(bytes, ends: [bytes.count])
        let pieces = outcome(bytes, ends: split.ends(bytes.count))
        property(whole == pieces, "A split changes the form: \(whole) and \(pieces)")
        check(whole, bytes)
        return Verdict.kept
    }

    private static func check(_ outcome: Outcome, _ bytes: [UInt8]) {
        var isOpen = false
        var contentCount = 0
        for (index, event) in outcome.events.enumerated() {
            switch event {
            case .partBegan:
                property(!isOpen, "A part began inside another")
                isOpen = true
            case .partBytes(let content):
                property(isOpen && !content.isEmpty, "Content outside a part")
                property(content.firstRange(of: delimiter) == nil, "A boundary became content")
                contentCount += content.count
            case .partEnded:
                property(isOpen, "A part ended that never began")
                isOpen = false
            case .end:
                property(!isOpen && index == outcome.events.count - 1, "The end is not the end")
            }
        }
        property(contentCount <= bytes.count, "More content than bytes")
        property(outcome.failure != nil || outcome.isComplete == (outcome.events.last == .end), "Complete without an end")
    }

    private struct Outcome: Equatable {
        /// With neighbouring pieces of content joined.
        var events: [MultipartEvent] = []
        var isComplete = false
        var failure: RequestFailure?
    }

    private static func outcome(_ bytes: [UInt8], ends: [Int]) -> Outcome {
        guard var parser = MultipartParser(contentType: contentType) else { fatalError("The boundary is refused") }
        var outcome = Outcome()
        var start = 0
        do throws(RequestFailure) {
            for end in ends {
                for event in try parser.parse(Array(bytes[start..<end])) { add(event, to: &outcome.events) }
                start = end
            }
            outcome.isComplete = parser.isComplete
        } catch {
            // What came before a failure depends on the split, and is thrown away by everyone.
            return Outcome(failure: error)
        }
        return outcome
    }

    private static func add(_ event: MultipartEvent, to events: inout [MultipartEvent]) {
        if case .partBytes(let more) = event, case .partBytes(let before) = events.last {
            events[events.count - 1] = .partBytes(before + more)
        } else {
            events.append(event)
        }
    }
}
