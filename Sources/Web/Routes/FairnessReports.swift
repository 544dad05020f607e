import Domain
import JSON
import Synchronization

/// The last fairness report, kept for a minute: it reads all the books, and anybody may ask for it.
final class FairnessReports: Sendable {
    private static let validMilliseconds: Int64 = 60_000

    private let last = Mutex<(at: Timestamp, report: JSONObject)?>(nil)

    /// The report, made anew where the last one is too old.
    func json(at now: Timestamp, _ make: () throws -> JSONObject) throws -> JSON {
        try last.withLock { last in
            if last == nil || !(0..<Self.validMilliseconds).contains(now.milliseconds - last!.at.milliseconds) {
                last = (now, try make())
            }
            guard let kept = last else { return .null }
            var report = kept.report
            report["made_at"] = kept.at.json
            return .object(report)
        }
    }
}
