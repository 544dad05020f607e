import Crypto
import Domain
import JSON
import Storage

extension Marketplace {
    /// Saves a query under a name.
    public func saveDataSet(
        _ query: CatalogueQuery, name: String, by buyer: ID<Buyer>, at now: Timestamp, in db: Connection
    ) throws -> DataSet {
        let dataSet = DataSet(id: ids.make(at: now), buyer: buyer, name: name, query: query, createdAt: now)
        try DataSets.insert(dataSet, in: db)
        return dataSet
    }

    /// An opaque name of a speaker: the same for one buyer always, not to be matched between buyers.
    public static func speakerName(of contributor: ID<Contributor>, for buyer: ID<Buyer>) -> String {
        "spk_" + Hex.encode(SHA256.hash(Array("speaker\n\(buyer)\n\(contributor)".utf8)).prefix(8))
    }

    /// Freezes what a data set's query finds now: members, hashes, and splits that never share a speaker and stay the same
    /// from version to version.
    public func freezeSnapshot(
        of id: ID<DataSet>, by buyer: ID<Buyer>, at now: Timestamp, in db: Connection
    ) throws -> Snapshot {
        guard let dataSet = try DataSets.find(id, of: buyer, in: db) else { throw MarketError.notFound("data set") }
        let matches = try Catalogue.matches(dataSet.query, in: db)
        guard !matches.isEmpty else { throw MarketError.emptySnapshot }
        let members = matches.enumerated().map { Self.member(Int64($0), $1, for: buyer) }
        let list = JSON.array(members.map { .string("\($0.recording) \($0.sha256) \($0.split.rawValue)") })
        let snapshot = Snapshot(
            id: ids.make(at: now), dataSet: id, version: try Snapshots.nextVersion(of: id, in: db),
            sha256: Hex.encode(SHA256.hash(list.canonicalBytes())), recordingCount: Int64(members.count),
            speakerCount: Int64(Set(members.map(\.contributor)).count),
            durationMilliseconds: members.reduce(0) { $0 + $1.durationMilliseconds },
            byteCount: members.reduce(0) { $0 + $1.byteCount }, createdAt: now)
        try Snapshots.insert(snapshot, members, in: db)
        return snapshot
    }

    private static func member(_ n: Int64, _ match: Catalogue.Match, for buyer: ID<Buyer>) -> Snapshot.Member {
        let recording = match.recording
        let hash = SHA256.hash(Array(recording.contributor.text.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let split = Snapshot.Split(speakerHash: hash)
        let speaker = speakerName(of: recording.contributor, for: buyer)
        let metadata: JSON = [
            "recording": .string(recording.id.text), "speaker": .string(speaker), "split": .string(split.rawValue),
            "language": .string(recording.cell.language.tag), "accent": .ifPresent(recording.cell.accent),
            "register": .ifPresent(recording.cell.register?.rawValue), "setting": .ifPresent(recording.cell.setting?.rawValue),
            "elicitation": .string(recording.elicitation.rawValue), "emotion": .ifPresent(recording.cell.emotion?.rawValue),
            "perceived_emotion": .ifPresent(recording.perceivedEmotion),
            "agreement": .ifPresent(recording.perception.map { Double($0.agreement.thousandths) / 1000 }),
            "grade": .ifPresent(recording.decision?.grade.rawValue), "snr_db": .ifPresent(recording.decision?.snrDecibels),
            "duration_seconds": .ifPresent(recording.decision?.durationMilliseconds.map { Double($0) / 1000 }),
            "sample_rate_hz": .ifPresent(recording.decision?.sampleRateHz), "gender": .ifPresent(match.gender?.rawValue),
            "age_band": .ifPresent(match.ageBand?.rawValue), "media_type": .string(recording.mediaType),
            "sha256": .string(recording.sha256),
        ]
        return Snapshot.Member(
            n: n, recording: recording.id, contributor: recording.contributor, speaker: speaker, split: split,
            sha256: recording.sha256, byteCount: recording.byteCount, mediaType: recording.mediaType,
            durationMilliseconds: recording.decision?.durationMilliseconds ?? 0, weight: recording.decision?.weight ?? 0,
            metadata: String(decoding: metadata.canonicalBytes(), as: UTF8.self))
    }
}
