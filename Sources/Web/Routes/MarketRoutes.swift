import Domain
import HTTP
import JSON
import Market
import Storage
import Synchronization

/// The market over HTTP: one noun a file, each an extension that answers its routes.
public struct MarketRoutes: Sendable {
    let market: Marketplace
    let blobs: BlobStore
    let events: EventHub
    /// The account that SEPA payouts leave from; nil where the operator has set none.
    let debtor: Debtor?
    /// Name and version of the analyser that runs.
    let analyser: String
    /// What is in the files of emotion models.
    let models: ModelSummaries
    let painter: RecordingPainter
    let principals = PrincipalCache()
    /// Keys of uploads that run now: a second request with one is told to wait.
    let runningUploads = RunningUploads()
    /// Uploads that bytes are sent of, or that are given up, right now.
    let busyUploads: BusyUploads
    let fairnessReports = FairnessReports()

    /// - Parameter uploadClock: tells how long an upload's request has received nothing.
    public init(
        market: Marketplace, blobs: BlobStore, events: EventHub, analyser: String, models: ModelSummaries, debtor: Debtor? = nil,
        uploadClock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }, draw: @escaping RecordingPainter.Draw
    ) {
        self.market = market
        self.blobs = blobs
        self.events = events
        self.debtor = debtor
        self.analyser = analyser
        self.models = models
        busyUploads = BusyUploads(clock: uploadClock)
        painter = RecordingPainter(version: analyser, draw: draw)
        // Every change of a recording reaches the streams that follow it.
        _ = market.recordingBell.listen { [events, market] recording in
            RecordingStream.publish(recording, from: market, to: events)
        }
    }
}

extension Tag {
    static let everyone = Tag("everyone", "Prices, gaps and proofs, open to all")
    static let contributors = Tag("contributors", "Record, and see what became of it")
    static let buyers = Tag("buyers", "Find, freeze and license speech")
    static let admins = Tag("admins", "Operate the market")
}

extension MarketRoutes {
    /// Every route of the market.
    public var all: [Route] {
        prices + signUps + sessions + me + consents + quotes + recordings + uploads + money + proofs + log + catalogue + dataSets
            + licences
            + rateCards + bounties + workSessions + floorRuns + tiers + reviews + appeals + payouts + payoutBatches
            + taxRemittances + dormantBalances + statements + ownExport + fairness + adminOffer + adminMoney
            + adminReceivables + adminOperation + adminModels + adminReviews + reanalyses + resemblances
    }
}
