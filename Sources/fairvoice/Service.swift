import Analysis
import Dispatch
import Domain
import Foundation
import HTTP
import Logging
import Market
import Server
import Storage
import Synchronization
import Web

/// The whole program while it serves: made from settings, started, stopped.
final class Service: @unchecked Sendable {  // Started and stopped by one thread; what `reload` uses is made before.
    static let version = "0.1.0"
    /// Event streams are kept alive at least this often.
    private static let heartbeatSeconds = 10
    /// EX_IOERR of sysexits.h.
    private static let diskFailureExitCode: Int32 = 74

    private let settings: Settings
    private let isDemo: Bool
    private let logger: Logger
    private let lock: FolderLock
    private let market: Marketplace
    private let pool: WorkerPool
    private let events = EventHub()
    private let server: HTTPServer
    private let heartbeat: any DispatchSourceTimer
    /// Premiums, sessions left open, bounties, and the nightly run of the pay floor.
    private let housekeeping: any DispatchSourceTimer
    private let housekeepingQueue = DispatchQueue(label: "fairvoice.housekeeping")
    private static let housekeepingSeconds = 60
    private let logFile: LogFile
    private let accessLog: AccessLog?
    private let accessLogFlush: any DispatchSourceTimer
    /// How long a line of the access log may be held back.
    private static let accessLogMilliseconds = 250
    /// How long a reader of the access log that is slow may keep the end of the process waiting.
    private static let logFlushSeconds = 2.0
    private let manager: ServiceManager
    private var watchdog: Watchdog?

    init(settings: Settings, isDemo: Bool) throws {
        self.settings = settings
        self.isDemo = isDemo
        logger = try Self.makeLogger(settings)
        // What is wrong with the settings is said before anything is made.
        let environment = ProcessInfo.processInfo.environment
        let configuration = try settings.server(environment: environment, processID: getpid())
        manager = ServiceManager(environment: environment, processID: getpid())
        let metrics = Metrics()
        let lostLines = metrics.counter("fairvoice_access_log_lost_lines_total", "Lines that the access log could not take.")
        logFile = try LogFile(path: settings["access-log"]) { lostLines.add(Double($0)) }
        let limitSettings = try settings.limits()
        let folder = settings["data"] ?? Settings.defaultDataFolder
        lock = try FolderLock(folder)
        market = try DataFolder.open(folder, onPoison: Self.end)
        let blobs = try BlobStore(dataFolder: folder)
        try blobs.clearIncoming()
        try blobs.removePartials(except: Set(market.store.read { db in try Uploads.open(in: db) }.map(\.text)))
        pool = WorkerPool(marketplace: market, blobs: blobs, logger: logger)
        let routes = MarketRoutes(
            market: market, blobs: blobs, events: events, analyser: Analyser.version, models: ModelSummaries(),
            debtor: try settings.debtor()
        ) { path, title, emotion in
            try? Analyser().picture(of: path, title: title) { _ in emotion.flatMap(HeardEmotion.init(json:)) }
        }
        let checks = try Self.checks(market, folder, freeMiBMin: settings.integer("free-mib-min", in: 0...1_000_000) ?? 0)
        let table = RouteTable(
            Operation.routes(checks, metrics) + routes.all + Pages.routes(), version: Self.version)
        let refused = metrics.counter(
            "fairvoice_http_connections_refused_total", "Connections closed as they came.", labels: ["reason"])
        let limits = ClientLimits(limitSettings, metrics: metrics, clock: Self.monotonicSeconds)
        let isLogged = logger.logLevel <= .info || settings["access-log"] != nil
        accessLog = isLogged ? AccessLog(clock: DataFolder.systemClock) { [logFile] in logFile.write($0) } : nil
        let application = WebApplication(
            table: table, authenticator: routes.authenticator,
            answers: IdempotentAnswers(), metrics: metrics, logger: logger, accessLog: accessLog, limits: limits)
        accessLogFlush = DispatchSource.makeTimerSource(queue: .global())
        accessLogFlush.schedule(deadline: .now(), repeating: .milliseconds(Self.accessLogMilliseconds))
        accessLogFlush.setEventHandler { [accessLog] in accessLog?.flush() }
        server = HTTPServer(
            configuration: configuration, application: application, logger: logger,
            onRefusal: { refused.add(1, [$0.rawValue]) })
        Self.addGauges(to: metrics, server, events, market, logger)
        heartbeat = DispatchSource.makeTimerSource(queue: .global())
        heartbeat.schedule(deadline: .now(), repeating: .seconds(Self.heartbeatSeconds))
        heartbeat.setEventHandler { [events] in events.beat() }
        housekeeping = DispatchSource.makeTimerSource(queue: housekeepingQueue)
        housekeeping.schedule(deadline: .now(), repeating: .seconds(Self.housekeepingSeconds))
        housekeeping.setEventHandler { [market, logger] in
            do {
                try market.keepHouse(at: market.now)
                for upload in try market.expireUploads(at: market.now) { blobs.removePartial(upload.text) }
            } catch {
                logger.error("housekeeping failed: \(error)")
            }
        }
    }

    /// Starts listening and working, and says where to look.
    func start() throws {
        if isDemo { try Demo(market: market, blobs: try BlobStore(dataFolder: market.store.folder)).loadIfEmpty() }
        try DefaultModel.installIfNew(market)
        market.store.indexCatalogue { [logger] in logger.error("the catalogue is counted without an index: \($0)") }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        try pool.start(workerCount: settings.integer("workers", in: 1...256) ?? max(1, cores - 1))
        heartbeat.activate()
        accessLogFlush.activate()
        housekeeping.activate()
        let listeners = try server.start()
        for listener in listeners where listener.service != .redirect { say("Fairvoice listens on \(listener.text)") }
        for listener in listeners where listener.service == .redirect { say("Sent on to https: \(listener.text)") }
        let base = (listeners.first { $0.port != nil && $0.service != .redirect } ?? listeners[0]).text
        watchdog = Watchdog(manager, server)
        manager.noteReady()
        let token = try market.store.write { db in try market.makeSetupToken(at: market.now, in: db) }
        if let token { say("Make the first admin, once: \(base)/claim#\(token)") }
        if isDemo { Demo.printTour(base: base, dataFolder: market.store.folder) }
    }

    /// Reads certificates again, and opens the access log again.
    func reload() {
        manager.noteReloading(atMicroseconds: UInt64(Self.monotonicSeconds() * 1e6))
        do { try server.reloadCertificates() } catch { logger.error("certificates not reloaded: \(error)") }
        accessLog?.flush()
        do { try logFile.reopen() } catch { logger.error("\(error)") }
        manager.noteReady()
    }

    /// Lets answers in flight and running analyses end, then closes the database.
    func stop() {
        logger.notice("draining")
        manager.noteStopping()
        watchdog = nil
        let seconds = (try? settings.integer("drain-seconds", in: 0...3600)).flatMap { $0 } ?? 20
        events.closeAll()
        server.stop(deadlineSeconds: Double(seconds))
        heartbeat.cancel()
        accessLogFlush.cancel()
        accessLog?.flush()
        logFile.flush(seconds: Self.logFlushSeconds)
        housekeeping.cancel()
        // A run that is under way ends before the database is closed.
        housekeepingQueue.sync {}
        pool.stop()
        do { try market.store.close() } catch { logger.error("the database did not close: \(error)") }
        logger.notice("stopped")
    }

    /// The disk failed under a commit: what it holds is known only once it is opened anew, so nothing more is answered.
    private static func end(_ error: StorageError) {
        FileHandle.standardError.write(Data("fairvoice: \(error)\n".utf8))
        _exit(diskFailureExitCode)
    }

    private static let monotonicSeconds: @Sendable () -> Double = {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static func makeLogger(_ settings: Settings) throws -> Logger {
        guard let level = Logger.Level(rawValue: settings["log-level"] ?? "info") else {
            throw BadInput("--log-level must be one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "fairvoice")
        logger.logLevel = level
        return logger
    }

    private static func checks(_ market: Marketplace, _ folder: String, freeMiBMin: Int) throws -> [ReadinessCheck] {
        [
            ReadinessCheck("database") {
                do {
                    try market.store.write { _ in }
                    return nil
                } catch { return "can't be written: \(error)" }
            },
            ReadinessCheck("disk") {
                var status = statvfs()
                guard statvfs(folder, &status) == 0 else { return "can't be measured" }
                let free = (Int(status.f_bavail) * Int(status.f_frsize)) >> 20
                return free >= freeMiBMin ? nil : "only \(free) MiB free"
            },
        ]
    }
}
