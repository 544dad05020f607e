import CSQLite
import CSimulatedDisk
import Crypto
import Domain
import Foundation
import HTTP
import JSON
import Market
import Storage
import TestSupport
import Web

/// The program under test, from its HTTP interface down to its files, on a disk that fails to order. Sockets and audio are
/// left out; time and chance come from the simulation.
final class Machine {
    /// How a process ends without having been asked.
    enum End {
        /// As by kill -9: what was written stays.
        case killed
        /// What was not synced is gone, in part or whole.
        case powerLost(seed: UInt64)
    }

    let folder: String
    private let disk: OpaquePointer
    private let mutant: Mutant?
    private let surroundings: Surroundings
    private let signingSeed: [UInt8]
    let lastError = LastError()
    private var running: (market: Marketplace, application: WebApplication)?

    /// Sets up an empty installation in a folder of its own.
    init(folder: String, seed: UInt64, at now: Int, mutant: Mutant?) throws {
        self.folder = folder
        self.mutant = mutant
        var chance = SeededRandom(seed: seed)
        signingSeed = (0..<32).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        surroundings = Surroundings(now: now, chance: chance)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = realpath(folder, nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        // As the program does before its first connection; later is too late.
        _ = csqlite_tune()
        disk = simulated_disk_create("\(path ?? folder)/fairvoice.sqlite3")
    }

    deinit {
        try? stop()
        simulated_disk_destroy(disk)
        try? FileManager.default.removeItem(atPath: folder)
    }

    var market: Marketplace { running!.market }
    var now: Timestamp { surroundings.now }
    func setClock(_ milliseconds: Int) { surroundings.setClock(milliseconds) }

    /// Starts the program on what the disk holds, as `fairvoice serve` does: leases of an earlier process are freed.
    func start() throws {
        simulated_disk_freeze(disk, 0)
        surroundings.isDiskBroken = false
        let store = try Store(folder: folder) { [surroundings] _ in surroundings.isDiskBroken = true }
        let now = now
        try store.write { db in
            guard try SigningKeys.all(in: db).isEmpty, let key = Ed25519.PrivateKey(seed: signingSeed) else { return }
            let id = JWK(key.publicKey).keyID
            try SigningKeys.insert(.init(id: id, seed: key.seed, publicKey: key.publicKey.bytes), at: now, in: db)
        }
        let market = try Marketplace(
            store: store, ids: IDSource { [surroundings] in surroundings.bits() }, clock: { [surroundings] in surroundings.now })
        _ = try store.write { db in try Jobs.releaseAll(in: db) }
        let routes = MarketRoutes(
            market: market, blobs: try BlobStore(dataFolder: folder), events: EventHub(), analyser: "simulated",
            models: ModelSummaries { _ in ModelSummary(unreadable: "nothing is scored here") }, draw: { _, _, _ in nil })
        // The program's own remembers callers for half a second of the real clock, which no seed decides.
        let authenticator = Authenticator { credential in
            try store.read { db in
                try market.principal(bearer: credential.secret, in: db).map {
                    Web.Principal(role: $0.role, owner: $0.owner, key: $0.key)
                }
            }
        }
        let application = WebApplication(
            table: RouteTable(routes.all, version: "simulated"), authenticator: authenticator,
            answers: Web.IdempotentAnswers(), metrics: Metrics(),
            logger: lastError.logger)
        running = (market, application)
        if let setting = mutant?.setting { try check(simulated_disk_set(disk, setting), setting) }
        if let sql = mutant?.sql { try check(simulated_disk_execute(disk, sql), sql) }
    }

    /// Ends the process: in order, or as it happens to processes. The data folder stays.
    func stop(_ end: End? = nil) throws {
        guard let market = running?.market else { return }
        if end != nil { simulated_disk_freeze(disk, 1) }
        running = nil
        try market.store.close()
        if case .powerLost(let seed) = end, simulated_disk_lose_power(disk, seed) != 0 { throw SystemError("lose power") }
    }

    // Faults

    enum Fault: CaseIterable {
        case interrupt, full, error, death, unsynced

        /// Whether the process ends with it.
        var isDeath: Bool { self == .death || self == .unsynced }

        fileprivate var order: simulated_fault {
            switch self {
            case .interrupt: simulated_fault_interrupt
            case .full: simulated_fault_full
            case .error: simulated_fault_error
            case .death: simulated_fault_death
            case .unsynced: simulated_fault_unsynced
            }
        }
    }

    func arm(_ fault: Fault, countdown: Int) { simulated_disk_arm(disk, fault.order, Int64(countdown)) }
    /// Whether the fault came.
    func disarm() -> Bool { simulated_disk_disarm(disk) != 0 }
    /// Whether the process has to end: its disk failed under a commit.
    var isBroken: Bool { surroundings.isDiskBroken }

    private func check(_ code: Int32, _ sql: String) throws {
        guard code == 0 else { throw StorageError.failed("\(code): \(sql)") }
    }

    // Requests

    /// What a client asks.
    struct Ask: Sendable {
        var key: String?
        var method: HTTP.Method
        var target: String
        var body: [UInt8] = []
        var mediaType = "application/json"
        var idempotencyKey: String?
    }

    /// A request whose body has not come yet.
    struct Opened {
        let receiver: any BodyReceiver
    }

    func send(_ ask: Ask) -> Response { sending(ask)() }

    /// The request as something that any thread can send.
    func sending(_ ask: Ask) -> @Sendable () -> Response {
        let application = running!.application
        return {
            switch Self.open(ask, at: application) {
            case .success(let opened): Self.finish(opened, body: ask.body)
            case .failure(let answered): answered.response
            }
        }
    }

    struct Answered: Error { let response: Response }

    /// Begins a request: answers it at once, or waits for its body.
    func open(_ ask: Ask) -> Result<Opened, Answered> { Self.open(ask, at: running!.application) }

    private static func open(_ ask: Ask, at application: WebApplication) -> Result<Opened, Answered> {
        let parts = ask.target.split(separator: "?", maxSplits: 1)
        var fields = Fields(["Host": "market.example"])
        if let key = ask.key { fields.add("Authorization", "Bearer \(key)") }
        if !ask.body.isEmpty { fields.add("Content-Type", ask.mediaType) }
        if let key = ask.idempotencyKey { fields.add("Idempotency-Key", key) }
        let request = Request(
            method: ask.method, target: ask.target, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil,
            fields: fields, id: "sim", peer: "192.0.2.1", isSecure: false, contentLength: Int64(ask.body.count))
        switch application.plan(for: request).action {
        case .answer(let response): return .failure(Answered(response: response))
        case .fixed(let answer): return .failure(Answered(response: answer.response))
        case .run(let work): return .failure(Answered(response: work()))
        case .receive(_, let receiver):
            if let refusal = receiver.begin() { return .failure(Answered(response: refusal)) }
            return .success(Opened(receiver: receiver))
        }
    }

    static func finish(_ opened: Opened, body: [UInt8]) -> Response {
        if !body.isEmpty, let answer = opened.receiver.receive(body) { return answer }
        return opened.receiver.finish()
    }
}

extension Response {
    var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }

    var json: JSON { (try? JSON.parse(bytes, limits: .trusted)) ?? .null }
}
