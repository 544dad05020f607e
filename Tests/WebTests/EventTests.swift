import HTTP
import JSON
import Synchronization
import Testing
import Web

@Suite struct EventTests {
    final class Sink: EventSink {
        let state = Mutex((text: "", isClosed: false))
        func send(_ bytes: [UInt8]) -> Bool {
            state.withLock { $0.text += String(decoding: bytes, as: UTF8.self) }
            return state.withLock { !$0.isClosed }
        }
        func close() { state.withLock { $0.isClosed = true } }
        var ids: [String] {
            state.withLock { $0.text }.split(separator: "\n").filter { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
        }
    }

    static let id = "not_00000000000000000000000000"
    let book = Notebook()
    let sink = Sink()

    private func open(after lastID: String? = nil) -> (start: (any EventSink) -> () -> Void, response: Response) {
        var client = book.client().bearing(Notebook.contributorKey)
        if let lastID { client = client.with("Last-Event-ID", lastID) }
        let response = client.send(.get, "/v1/notes/\(Self.id)/events")
        guard case .events(let start) = response.body else { return ({ _ in {} }, response) }
        return ({ start($0) }, response)
    }

    @Test func `what has happened comes first, then what happens, each once`() {
        let (start, response) = open()
        #expect(response.status == 200)
        #expect(response.fields["Content-Type"] == "text/event-stream")
        book.hub.publish(ServerEvent(id: 3, name: "status", data: ["n": 3]), to: Self.id)
        book.hub.publish(ServerEvent(id: 4, name: "status", data: ["n": 4]), to: Self.id)
        _ = start(sink)
        book.hub.publish(ServerEvent(id: 5, name: "status", data: ["n": "a\nb"]), to: Self.id)
        book.hub.publish(ServerEvent(id: 5, name: "status", data: [:]), to: "another")
        #expect(sink.ids == ["1", "2", "3", "4", "5"])
        #expect(sink.state.withLock { $0.text }.hasSuffix("id: 5\nevent: status\ndata: {\"n\":\"a\\nb\"}\n\n"))
    }

    @Test func `a stream resumes behind the last event seen`() {
        _ = open(after: "2").start(sink)
        #expect(sink.ids == ["3"])
        #expect(open(after: "x").response.status == 400)
    }

    @Test func `the last event ends the stream`() {
        let stop = open().start(sink)
        defer { stop() }
        book.hub.publish(ServerEvent(id: 9, name: "done", data: [:], isLast: true), to: Self.id)
        #expect(sink.state.withLock { $0.isClosed })
        book.hub.publish(ServerEvent(id: 10, name: "late", data: [:]), to: Self.id)
        #expect(sink.ids.last == "9")
    }

    @Test func `a heartbeat reaches every stream and forgets the dead`() {
        let stop = open().start(sink)
        book.hub.beat()
        #expect(sink.state.withLock { $0.text }.hasSuffix(": still here\n\n"))
        #expect(book.hub.subscriptionCount == 1)
        stop()
        book.hub.beat()
        #expect(book.hub.subscriptionCount == 0)
    }

    @Test func `an answer that is never sent is forgotten`() {
        _ = open()
        #expect(book.hub.subscriptionCount == 0)
    }

    @Test func `closing ends every stream`() {
        let stop = open().start(sink)
        defer { stop() }
        book.hub.closeAll()
        #expect(sink.state.withLock { $0.isClosed })
    }
}
