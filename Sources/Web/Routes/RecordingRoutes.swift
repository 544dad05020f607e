import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Longest upload in bytes.
    public static let uploadByteCountMax: Int64 = 2 << 30

    /// What an upload may say that it is; what it is, its bytes decide.
    static let uploadMediaTypes = ["audio/*", "application/ogg", "application/octet-stream"]

    /// As the analyser found it, or as it was named while that has not run.
    static let audioMediaTypes = uploadMediaTypes

    private static let uploadForm = Schema.object([
        .required("file", .string(), "The audio"), .optional("quote", .id(Quote.self), "Instead of the parameter"),
        .optional("scenario", .id(Scenario.self), "Instead of the parameter"),
    ])

    var recordings: [Route] {
        [
            Route(
                .post, "/v1/recordings", "Upload a recording", .contributors, .contributor,
                parameters: [
                    .query("quote", .id(Quote.self), "Under which price; in a form it may be a field"),
                    .query("scenario", .id(Scenario.self), "What was said or acted"),
                    .query("filename", .string(1...255), "A name for yourself"),
                    .header(
                        "Content-Digest", .string(0...1000), "SHA-256 of the body (RFC 9530); 400 where it differs", isList: true),
                ],
                stream: .stream(
                    mediaTypes: Self.uploadMediaTypes, form: Self.uploadForm, byteCountMax: Self.uploadByteCountMax),
                answers: [
                    .created("The recording, queued for analysis", .recording),
                    .json("The same bytes were uploaded before: the first recording", .recording),
                ],
                problems: [.conflict, .invalidFields, .insufficientStorage, .digestMismatch], traits: [.idempotencyKey]
            ) { call in try UploadConsumer(call, self) },
            Route(
                .get, "/v1/recordings", "Your recordings, newest first", .contributors, .contributor,
                parameters: [.query("status", .choice(Recording.Status.self), "Only these")] + Parameter.page,
                answers: [.page("Recordings", of: .recordingSummary)]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let status = try call.query.parsed("status", Recording.Status.init(rawValue:))
                return try look { db in
                    let page = try Recordings.list(of: contributor, status: status, call.storagePage(), in: db)
                    return call.list(page.rows, hasMore: page.hasMore, cursor: { Cursor($0.id.text) })
                }
            },
            Route(
                .get, "/v1/recordings/{id}", "The acoustic receipt", .contributors, .contributor,
                parameters: [Self.recordingID], answers: [.json("The recording", .recording)], traits: [.conditional]
            ) { call in
                try look { db in .taggedJSON(try Receipt(own(call, in: db), in: db)) }
            },
            Route(
                .get, "/v1/recordings/{id}/events", "Live progress", .contributors, .contributor,
                parameters: [Self.recordingID, .lastEventID],
                answers: [.events("Server-sent events; the last one ends the stream")]
            ) { call in
                let recording = try look { db in try own(call, in: db) }
                return try events.stream(recording.id.text, for: call) { last in
                    try look { db in try RecordingStream.events(of: recording.id, after: last, in: db) }
                }
            },
            Route(
                .get, "/v1/recordings/{id}/audio", "The bytes that you uploaded", .contributors, .contributor,
                parameters: [Self.recordingID], answers: [.bytes("The audio", mediaTypes: Self.audioMediaTypes)],
                traits: [.conditional, .ranges]
            ) { call in
                let recording = try look { db in try own(call, in: db) }
                guard blobs.byteCount(of: recording.sha256) == recording.byteCount else { throw Problem(.gone) }
                var response = Response(
                    status: 200,
                    fields: Fields([
                        "Content-Type": recording.mediaType, "ETag": EntityTag(recording.sha256).text,
                        "Repr-Digest": ContentDigest.text(sha256: Hex.decode(recording.sha256) ?? []),
                    ]),
                    body: .file(path: blobs.path(of: recording.sha256), offset: 0, byteCount: recording.byteCount))
                response.fields["Cache-Control"] = "private"
                return response
            },
            Route(
                .get, "/v1/recordings/{id}/picture", "Waveform, spectrogram, formants, pitch, loudness and scores, drawn",
                .contributors, .contributor, parameters: [Self.recordingID],
                answers: [.bytes("The picture", mediaTypes: [RecordingPainter.mediaType])],
                problems: [.conflict, .gone, .unavailable], traits: [.conditional]
            ) { call in
                let (recording, analysis) = try look { db in
                    let recording = try own(call, in: db)
                    return (recording, try Analyses.deciding(recording.id, in: db))
                }
                return try painter.answer(to: call.request, recording, analysis, blobs: blobs)
            },
            Route(
                .delete, "/v1/recordings/{id}", "Withdraw: out of the catalogue and of new snapshots at once", .contributors,
                .contributor, parameters: [Self.recordingID], answers: [.json("The withdrawn recording", .recording)],
                traits: [.conditional]
            ) { call in
                let contributor = try call.owner(Contributor.self)
                let id = try call.id(Recording.self)
                return try change(call, of: { db in try .strong(of: Receipt(own(call, in: db), in: db)) }) { db, now in
                    let recording = try market.withdrawRecording(id, by: contributor, at: now, in: db)
                    return .json(200, try Receipt(recording, in: db))
                }
            },
        ]
    }

    private static let recordingID = Parameter.path("id", .id(Recording.self), "The recording")

    /// The recording in the path, if it is the caller's own.
    private func own(_ call: Call, in db: Connection) throws -> Recording {
        let contributor = try call.owner(Contributor.self)
        guard let recording = try Recordings.find(call.id(Recording.self), in: db), recording.contributor == contributor else {
            throw Problem.notFound
        }
        return recording
    }
}
