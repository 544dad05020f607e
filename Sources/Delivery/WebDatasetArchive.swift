import Crypto
import Domain
import Glibc
import JSON
import Storage

/// A licence as a WebDataset: a tar of `manifest.json` and, for each recording, `split/recording.ext` and
/// `split/recording.json`. The same licence gives the same bytes; any part can be read alone, so that a download can
/// resume.
public struct WebDatasetArchive: Sendable {
    private enum Source: Sendable {
        case bytes([UInt8])
        case file(String)
    }

    private struct Segment: Sendable {
        let offset: Int64
        let byteCount: Int64
        let source: Source
    }

    private let segments: [Segment]
    public let byteCount: Int64

    /// - Parameter path: where the blob of a SHA-256 is.
    public init(_ licence: Licence, _ snapshot: Snapshot, _ members: [Snapshot.Member], path: (String) -> String) {
        var segments: [Segment] = []
        var offset: Int64 = 0
        func append(_ source: Source, _ byteCount: Int64) {
            guard byteCount > 0 else { return }
            segments.append(Segment(offset: offset, byteCount: byteCount, source: source))
            offset += byteCount
        }
        let seconds = licence.startsAt.milliseconds / 1000
        func add(_ name: String, _ source: Source, _ byteCount: Int64) {
            append(.bytes(TarHeader.bytes(path: name, byteCount: byteCount, seconds: seconds)), Int64(TarHeader.blockByteCount))
            append(source, byteCount)
            let padding = TarHeader.paddingByteCount(after: byteCount)
            append(.bytes([UInt8](repeating: 0, count: Int(padding))), padding)
        }
        let manifest = Self.manifest(licence, snapshot, members).canonicalBytes()
        add("manifest.json", .bytes(manifest), Int64(manifest.count))
        for member in members {
            let base = "\(member.split.rawValue)/\(member.recording)"
            let metadata = Array(member.metadata.utf8)
            add("\(base).\(Self.fileExtension(of: member.mediaType))", .file(path(member.sha256)), member.byteCount)
            add("\(base).json", .bytes(metadata), Int64(metadata.count))
        }
        append(.bytes([UInt8](repeating: 0, count: 2 * TarHeader.blockByteCount)), Int64(2 * TarHeader.blockByteCount))
        self.segments = segments
        byteCount = offset
    }

    /// Between 1 and `count` bytes from an offset below `byteCount`.
    public func read(at offset: Int64, count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var index = segment(at: offset)
        var position = offset
        while bytes.count < count, index < segments.count {
            let segment = segments[index]
            let start = position - segment.offset
            let wanted = Int(min(Int64(count - bytes.count), segment.byteCount - start))
            switch segment.source {
            case .bytes(let all): bytes += all[Int(start)..<Int(start) + wanted]
            case .file(let path): bytes += try Self.read(path, start, wanted)
            }
            position += Int64(wanted)
            index += 1
        }
        return bytes
    }

    /// SHA-256 of the whole archive.
    public func digest() throws -> [UInt8] {
        var hash = SHA256()
        var offset: Int64 = 0
        while offset < byteCount {
            let block = try read(at: offset, count: 1 << 20)
            hash.update(block)
            offset += Int64(block.count)
        }
        return hash.digest()
    }

    /// The segment that holds an offset.
    private func segment(at offset: Int64) -> Int {
        var low = 0
        var high = segments.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if segments[middle].offset <= offset { low = middle } else { high = middle }
        }
        return low
    }

    private static func read(_ path: String, _ offset: Int64, _ count: Int) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        defer { close(descriptor) }
        var filled = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(offset) + off_t(filled))
                guard got > 0 else { break }
                filled += got
            }
            initialised = filled
        }
        guard filled == count else { throw SystemError("read \(path)", code: EIO) }
        return bytes
    }

    /// What the licence allows, and every member with its hash and split. No time of day but the licence's own.
    private static func manifest(_ licence: Licence, _ snapshot: Snapshot, _ members: [Snapshot.Member]) -> JSON {
        [
            "format": "fairvoice-webdataset", "format_version": 1,
            "licence": [
                "id": .string(licence.id.text), "model": .string(licence.modelName), "purpose": .string(licence.purpose.rawValue),
                "use_context": .string(licence.useContext.rawValue), "term": .string(licence.term.rawValue),
                "starts_at": .string(licence.startsAt.rfc3339), "ends_at": .orNull(licence.endsAt?.rfc3339),
            ],
            "terms": "Only for training the named model for the named purpose and term. Poll the revocation feed.",
            "snapshot": [
                "id": .string(snapshot.id.text), "version": .integer(snapshot.version), "sha256": .string(snapshot.sha256),
                "recordings": .integer(snapshot.recordingCount), "speakers": .integer(snapshot.speakerCount),
                "duration_seconds": .number(Double(snapshot.durationMilliseconds) / 1000),
            ],
            "members": .array(
                members.map {
                    [
                        "recording": .string($0.recording.text), "speaker": .string($0.speaker),
                        "split": .string($0.split.rawValue),
                        "sha256": .string($0.sha256), "byte_count": .integer($0.byteCount),
                    ]
                }),
        ]
    }

    private static func fileExtension(of mediaType: String) -> String {
        switch mediaType {
        case "audio/wav": "wav"
        case "audio/flac": "flac"
        case "audio/ogg": "ogg"
        case "audio/mpeg": "mp3"
        case "audio/aiff": "aiff"
        default: "bin"
        }
    }
}
