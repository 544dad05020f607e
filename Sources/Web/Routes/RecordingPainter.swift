import Domain
import HTTP
import JSON
import Storage
import Synchronization

/// Draws recordings for their pages. Drawing costs seconds of CPU time for a long one, so only a few are drawn at a time.
public final class RecordingPainter: Sendable {
    /// Draws the file at a path, under a title, with an emotion score that was kept; nil where the file can't be decoded.
    public typealias Draw = @Sendable (_ path: String, _ title: String, _ emotion: JSON?) -> String?

    static let mediaType = "image/svg+xml"
    /// Pictures that may be drawn at a time; whoever comes then is told to come again.
    public static let concurrentCountMax = 2
    /// What the answer's own document may do: its style and its spectrogram are within it.
    private static let security = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

    private let draw: Draw
    /// Tells pictures of other programs from this one's: the analyser's version.
    private let version: String
    private let runningCount = Mutex(0)

    public init(version: String, draw: @escaping Draw) {
        self.version = version
        self.draw = draw
    }

    /// The answer to a request for a recording's picture. Nothing is drawn for a client that has it already.
    func answer(to request: Request, _ recording: Recording, _ analysis: Analyses.Record?, blobs: BlobStore) throws -> Response {
        let tag = EntityTag.strong(
            of: [recording.id.text, recording.sha256, version, analysis?.model ?? "", analysis?.emotion ?? ""]
                .joined(separator: "\n").utf8)
        var response = Response.bytes(200, [], mediaType: Self.mediaType)
        response.fields["ETag"] = tag.text
        response.fields["Cache-Control"] = "private"
        response.fields["Content-Security-Policy"] = Self.security
        // What the client has becomes a 304, whose body is left out.
        if let known = EntityTagCondition("If-None-Match", of: request.fields), known.matchesWeakly(tag) { return response }
        guard blobs.byteCount(of: recording.sha256) == recording.byteCount else { throw Problem(.gone) }
        let emotion = try analysis?.emotion.map { try JSON.parse(Array($0.utf8), limits: .trusted) }
        guard begin() else {
            throw Problem(
                .unavailable, "Other pictures are being drawn; ask again in a second.", fields: Fields(["Retry-After": "1"]))
        }
        defer { end() }
        guard let picture = draw(blobs.path(of: recording.sha256), recording.filename ?? recording.id.text, emotion) else {
            throw Problem(.conflict, "The recording can't be decoded, so there is nothing to draw.")
        }
        response.body = .bytes(Array(picture.utf8))
        return response
    }

    private func begin() -> Bool {
        runningCount.withLock { count in
            guard count < Self.concurrentCountMax else { return false }
            count += 1
            return true
        }
    }

    private func end() { runningCount.withLock { $0 -= 1 } }
}
