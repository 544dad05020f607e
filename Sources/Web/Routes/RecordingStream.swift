import Domain
import HTTP
import JSON
import Market
import Storage

/// A recording's news as server-sent events.
enum RecordingStream {
    /// Stored events behind a sequence, ready to send. A decided recording's stream ends.
    static func events(of recording: ID<Recording>, after sequence: Int64, in db: Connection) throws -> [ServerEvent] {
        try RecordingEvents.list(of: recording, after: sequence, in: db).map { record in
            ServerEvent(
                id: record.sequence, name: "status", data: (try? JSON.parse(Array(record.data.utf8))) ?? .null,
                isLast: ["accepted", "rejected", "withdrawn", "appeal-refused"].contains(record.kind))
        }
    }

    /// Sends what is new to everyone who follows the recording; each client leaves out what it has seen.
    static func publish(_ recording: String, from market: Marketplace, to hub: EventHub) {
        let id = ID<Recording>(stored: recording)
        guard let events = try? market.store.read({ db in try events(of: id, after: 0, in: db) }) else { return }
        for event in events { hub.publish(event, to: recording) }
    }
}
