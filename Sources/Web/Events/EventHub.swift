import HTTP
import Synchronization

/// Carries events to whoever listens to a topic, such as a recording's id.
public final class EventHub: Sendable {
    /// A subscription lives as long as the answer that streams it.
    private struct Entry {
        weak var subscription: EventSubscription?
    }

    private let topics = Mutex<[String: [Entry]]>([:])

    public init() {}

    /// Streams that are open, and those whose client has left since the last beat.
    public var streamCount: Int { topics.withLock { $0.values.reduce(0) { $0 + $1.count } } }

    /// Tells everyone who listens.
    public func publish(_ event: ServerEvent, to topic: String) {
        for subscription in subscriptions(of: topic) { subscription.send(event) }
    }

    /// An answer that streams a topic from behind `Last-Event-ID` on. It listens before `past` is called, so that no event
    /// is lost between what is stored and what happens.
    /// - Parameter past: the stored events behind an id, in order.
    public func stream(
        _ topic: String, for call: Call, past: (_ lastID: Int64) throws -> [ServerEvent]
    ) throws -> Response {
        let lastID = call.header.integer("Last-Event-ID") ?? 0
        let subscription = EventSubscription(after: lastID)
        topics.withLock { $0[topic, default: []].append(Entry(subscription: subscription)) }
        let events = try past(lastID)
        let body = Response.Body.events { sink in
            subscription.open(sink, past: events)
            return { subscription.close(ending: false) }
        }
        return Response(
            status: 200,
            fields: Fields([
                "Content-Type": ServerEvent.mediaType, "Cache-Control": "no-store", "X-Accel-Buffering": "no",
            ]), body: body)
    }

    /// Keeps every stream alive and forgets those whose client is gone. To be called at least every 15 seconds.
    public func beat() {
        for topic in topics.withLock({ Array($0.keys) }) {
            let gone = subscriptions(of: topic).filter { !$0.beat() }
            topics.withLock { topics in
                topics[topic]?.removeAll { entry in
                    entry.subscription.map { one in gone.contains { $0 === one } } ?? true
                }
                if topics[topic]?.isEmpty == true { topics[topic] = nil }
            }
        }
    }

    /// Ends every stream, so that the server can drain.
    public func closeAll() {
        let all = topics.withLock { topics in
            defer { topics = [:] }
            return topics.values.flatMap { $0.compactMap(\.subscription) }
        }
        for subscription in all { subscription.close(ending: true) }
    }

    /// How many clients listen.
    public var subscriptionCount: Int {
        topics.withLock { $0.values.reduce(0) { $0 + $1.count { $0.subscription != nil } } }
    }

    private func subscriptions(of topic: String) -> [EventSubscription] {
        topics.withLock { $0[topic]?.compactMap(\.subscription) ?? [] }
    }
}

extension Parameter {
    /// What a browser sends when it resumes a stream.
    public static let lastEventID = Parameter.header("Last-Event-ID", .integer(0...Int64.max), "The last event that was seen")
}
