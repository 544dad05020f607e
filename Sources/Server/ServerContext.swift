import Dispatch
import HTTP
import Logging

/// What every connection of a server shares.
final class ServerContext: Sendable {
    let application: any Application
    let configuration: ServerConfiguration
    let pool: WorkerPool
    let census: ConnectionCensus
    let logger: Logger
    /// Calls that are owed to the application: each receiver that began and is neither finished nor cancelled, each event
    /// stream whose cancellation has not been called.
    let owedCalls = DispatchGroup()
    /// Nil for plain HTTP; exchanged when certificates are read anew.
    let tls: Guarded<TLSContext?>

    init(application: any Application, configuration: ServerConfiguration, logger: Logger) {
        self.application = application
        self.configuration = configuration
        self.logger = logger
        pool = WorkerPool(
            threadCount: configuration.workerCount, waitingCountMax: configuration.waitingCallCountMax)
        census = ConnectionCensus(configuration)
        tls = Guarded(nil)
    }
}
