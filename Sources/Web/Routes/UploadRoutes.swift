import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Uploads that can be resumed: tus 1.0.0 with creation, creation-with-upload, checksum, termination and expiration.
    var uploads: [Route] {
        [
            Route(
                .options, "/v1/uploads", "What is supported of tus", .contributors, .anyone,
                answers: [
                    .empty(
                        204, "In fields",
                        fields: [("Allow", "The methods")] + Self.abilities.map { ($0.name, "Of tus 1.0.0") })
                ],
                traits: [.resumable, .immediate]
            ) { _ in
                var response = Response.noContent
                response.fields["Allow"] = "OPTIONS, POST"
                for (name, value) in Self.abilities { response.fields[name] = value }
                return response
            },
            Route(
                .post, "/v1/uploads", "Begin an upload that can be resumed (tus)", .contributors, .contributor,
                parameters: Self.late + [
                    Self.version, .header("Upload-Length", .integer(0...Int64.max), "Bytes in all; can't be deferred"),
                    .header(
                        "Upload-Metadata", .string(0...4096),
                        "Keys with values in Base 64: quote, scenario, filename, filetype; others are only echoed. May be empty or "
                            + "absent: the quote may stand in the URL, or be named with the last bytes"),
                    Self.checksum,
                ],
                stream: .stream(mediaTypes: [Self.chunkMediaType], byteCountMax: Self.uploadByteCountMax, isRequired: false),
                answers: [
                    .empty(
                        201, "Begun; with all bytes at once and no quote to choose it is 422, with Location",
                        fields: [("Location", "Where to send the bytes")] + Self.progress)
                ],
                problems: [.conflict, .invalidFields, .uploadVersion, .checksumMismatch, .tooLarge, .insufficientStorage],
                traits: [.resumable]
            ) { call in try UploadAppender(beginning: call, self) },
            Route(
                .head, "/v1/uploads/{id}", "How far an upload is", .contributors, .contributor,
                parameters: [Self.uploadID, Self.version], answers: [.empty(200, "In fields", fields: Self.progress)],
                problems: [.gone, .uploadVersion], traits: [.resumable]
            ) { call in
                try Self.demandVersion(of: call)
                let known = try ownUpload(call)
                busyUploads.endIdle(known.id.text)
                let upload = try ownUpload(call)
                var response = Response(status: 200, fields: fields(of: upload))
                response.fields["Upload-Length"] = String(upload.byteCount)
                // Without a pair there is no metadata that a HEAD would have to tell.
                if let metadata = upload.metadata, !metadata.isEmpty { response.fields["Upload-Metadata"] = metadata }
                response.fields["Cache-Control"] = "no-store"
                return response
            },
            Route(
                .patch, "/v1/uploads/{id}", "Send some more bytes; the last make the recording", .contributors, .contributor,
                parameters: Self.late + [
                    Self.uploadID, Self.version,
                    .header("Upload-Offset", .integer(0...Int64.max), "Where these bytes begin", isRequired: true), Self.checksum,
                ],
                stream: .stream(mediaTypes: [Self.chunkMediaType], byteCountMax: Self.uploadByteCountMax, isRequired: false),
                answers: [
                    .empty(
                        204,
                        "They are on disk. The last ones without a quote, where not just one of yours is in force and unused, are 422: "
                            + "all bytes are kept, and an empty PATCH with ?quote= completes the upload", fields: Self.progress)
                ],
                problems: [
                    .conflict, .invalidFields, .gone, .uploadVersion, .locked, .checksumMismatch, .tooLarge, .insufficientStorage,
                ], traits: [.resumable]
            ) { call in try UploadAppender(appending: call, self) },
            Route(
                .delete, "/v1/uploads/{id}", "Give an upload up", .contributors, .contributor,
                parameters: [Self.uploadID, Self.version], answers: [.noContent("Its bytes are gone")],
                problems: [.gone, .uploadVersion, .locked], traits: [.resumable]
            ) { call in
                try Self.demandVersion(of: call)
                let upload = try ownUpload(call)
                try call.preconditions?.check(nil)
                let claim = try busyUploads.claim(upload.id.text)
                defer { busyUploads.release(claim) }
                try market.store.write { db in try market.endUpload(upload.id, by: upload.contributor, in: db) }
                blobs.removePartial(upload.id.text)
                return .noContent
            },
        ]
    }

    static let tusVersion = "1.0.0"
    private static let chunkMediaType = "application/offset+octet-stream"

    private static let abilities: [(name: String, value: String)] = [
        ("Tus-Version", tusVersion), ("Tus-Max-Size", String(uploadByteCountMax)),
        ("Tus-Extension", "creation,creation-with-upload,checksum,termination,expiration"),
        ("Tus-Checksum-Algorithm", Checksum.Algorithm.allCases.map(\.rawValue).joined(separator: ",")),
    ]

    private static let progress: [(name: String, note: String)] = [
        ("Upload-Offset", "Bytes that are on disk"), ("Upload-Expires", "Until when it can be resumed"),
        ("Link", "The recording that it became (`rel=\"related\"`), once it is complete"),
    ]

    private static let late: [Parameter] = [
        .query("quote", .id(Quote.self), "Under which price; goes before the metadata's"),
        .query("scenario", .id(Scenario.self), "What was said or acted; goes before the metadata's"),
    ]

    private static let uploadID = Parameter.path("id", .id(Upload.self), "The upload")
    private static let version = Parameter.header("Tus-Resumable", .string(0...100), "1.0.0; anything else is a 412")
    private static let checksum = Parameter.header(
        "Upload-Checksum", .string(0...200), "sha1 or sha256 of this body, and its digest in Base 64; 460 where it differs")

    /// Throws 412 unless the client speaks the version that is spoken here.
    static func demandVersion(of call: Call) throws(Problem) {
        guard call.header.string("Tus-Resumable") == tusVersion else {
            throw Problem(.uploadVersion, "Send Tus-Resumable: \(tusVersion).", fields: Fields(["Tus-Version": tusVersion]))
        }
    }

    /// The caller's upload in the path, as far as its bytes are on disk.
    func ownUpload(_ call: Call) throws -> Upload {
        let contributor = try call.owner(Contributor.self)
        let found = try look { db in try Uploads.find(call.id(Upload.self), in: db) }
        guard var upload = found, upload.contributor == contributor else { throw Problem.notFound }
        guard market.now < upload.expiresAt else { throw Problem(.gone, "The upload expired; begin another one.") }
        if upload.recording == nil { upload.byteOffset = min(upload.byteOffset, blobs.partialByteCount(upload.id.text)) }
        return upload
    }

    /// What every answer about an upload says.
    func fields(of upload: Upload) -> Fields {
        var fields = Fields([
            "Upload-Offset": String(upload.byteOffset),
            "Upload-Expires": HTTPDate(secondsSince1970: upload.expiresAt.milliseconds / 1000).text,
        ])
        if let recording = upload.recording { fields["Link"] = "</v1/recordings/\(recording)>; rel=\"related\"" }
        return fields
    }
}
