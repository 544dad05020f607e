import Dispatch
import HTTP
import Logging

/// What every connection of a server shares.
final class ServerContext: Sendable {
    let application: any Application
    let configuration: ServerConfiguration
    let pool: WorkerPool
    let census: ConnectionCensus
    /// What lets connections be refused when the process has no descriptor left.
    let spare = SpareDescriptor()
    let logger: Logger
    /// Told of each connection that was closed as it came.
    let onRefusal: @Sendable (ConnectionRefusal) -> Void
    /// Calls that are owed to the application: each receiver that began and is neither finished nor cancelled, each event
    /// stream whose cancellation has not been called.
    let owedCalls = DispatchGroup()
    /// Nil where none are configured; exchanged when they are read anew.
    let certificates: Guarded<TLSCertificates?>

    init(
        application: any Application, configuration: ServerConfiguration, logger: Logger,
        onRefusal: @escaping @Sendable (ConnectionRefusal) -> Void
    ) {
        self.onRefusal = onRefusal
        self.application = application
        self.configuration = configuration
        self.logger = logger
        pool = WorkerPool(
            threadCount: configuration.workerCount, waitingCountMax: configuration.waitingCallCountMax)
        census = ConnectionCensus(configuration, countMax: DescriptorLimit.connectionCountMax())
        certificates = Guarded(nil)
    }
}
