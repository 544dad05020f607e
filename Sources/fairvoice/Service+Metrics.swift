import Analysis
import Logging
import Market
import Server
import Storage
import Web

extension Service {
    /// What stands in queues, read when somebody asks.
    static func addGauges(to metrics: Metrics, _ server: HTTPServer, _ events: EventHub, _ market: Marketplace, _ logger: Logger)
    {
        func gauge(_ name: String, _ help: String, _ read: @escaping @Sendable () -> Int?) {
            metrics.gauge(name, help) { read().map { [(labels: [], value: Double($0))] } ?? [] }
        }
        gauge("fairvoice_http_connections", "Connections that are open.") { server.connectionCount }
        gauge("fairvoice_http_calls_waiting", "Requests that wait for a thread.") { server.waitingCallCount }
        gauge("fairvoice_http_threads_busy", "Threads that answer a request.") { server.busyThreadCount }
        gauge("fairvoice_event_streams", "Event streams that are open.") { events.streamCount }
        gauge("fairvoice_changes_waiting", "Changes that wait for a commit.") { market.store.waitingChangeCount }
        gauge("fairvoice_jobs_open", "Jobs that wait for a worker or that one has.") {
            do { return try market.store.read { db in try Jobs.countOpen(in: db) } } catch {
                logger.error("open jobs can't be counted: \(error)")
                return nil
            }
        }
    }
}
