import HTTP
import Synchronization

/// One client of a topic. Keeps events until its connection is ready for them, then passes each on once.
final class EventSubscription: Sendable {
    private enum Phase {
        case waiting([ServerEvent])
        case open(any EventSink)
        case closed
    }

    private struct State {
        var phase = Phase.waiting([])
        var lastID: Int64
    }

    private let state: Mutex<State>

    /// - Parameter lastID: the last event that the client has seen.
    init(after lastID: Int64) { state = Mutex(State(lastID: lastID)) }

    /// Passes an event on, unless the client has seen it already.
    func send(_ event: ServerEvent) {
        state.withLock { state in
            switch state.phase {
            case .waiting(let events): state.phase = .waiting(events + [event])
            case .open(let sink): Self.pass(event, to: sink, &state)
            case .closed: break
            }
        }
    }

    /// Connects the client: first what has happened before, then what came in meanwhile, each event once.
    func open(_ sink: any EventSink, past: [ServerEvent]) {
        state.withLock { state in
            guard case .waiting(let events) = state.phase else { return }
            state.phase = .open(sink)
            sink.send(ServerEvent.heartbeat)
            for event in past + events { Self.pass(event, to: sink, &state) }
        }
    }

    /// Sends a comment; false once the client is gone.
    func beat() -> Bool {
        state.withLock { state in
            switch state.phase {
            case .waiting: true
            case .open(let sink): sink.send(ServerEvent.heartbeat)
            case .closed: false
            }
        }
    }

    /// Forgets the client; `ending` also ends its stream.
    func close(ending: Bool) {
        state.withLock { state in
            if ending, case .open(let sink) = state.phase { sink.close() }
            state.phase = .closed
        }
    }

    private static func pass(_ event: ServerEvent, to sink: any EventSink, _ state: inout State) {
        guard case .open = state.phase, event.id > state.lastID else { return }
        state.lastID = event.id
        sink.send(event.bytes)
        guard event.isLast else { return }
        sink.close()
        state.phase = .closed
    }
}
