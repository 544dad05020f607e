import Domain
import HTTP
import JSON
import Storage

extension MarketRoutes {
    /// Recordings that somebody should listen to, some of them beside each other.
    var resemblances: [Route] {
        [
            Route(
                .get, "/v1/admin/resemblances",
                "Accepted or rejected recordings that sound nearly the same as another contributor's earlier one, newest first",
                .admins, .admin, parameters: Parameter.page, answers: [.page("Flagged recordings", of: .resemblance)]
            ) { call in
                try look { db in
                    call.list(
                        try Resemblances.flagged(call.storagePage(valueCount: 2), in: db),
                        cursor: { Cursor($0.recording.text, $0.earlier.text) }, json: \.json)
                }
            },
            Route(
                .get, "/v1/admin/quality-flags",
                "Recordings in which something stands out, such as a rate that is not real, newest first; nothing is decided by it",
                .admins, .admin, parameters: Parameter.page, answers: [.page("Flags", of: .qualityFlag)]
            ) { call in
                try look { db in
                    call.list(
                        try QualityFlags.list(call.storagePage(valueCount: 2), in: db),
                        cursor: { Cursor($0.recording.text, $0.flag.rawValue) }, json: \.json)
                }
            },
        ]
    }
}

extension Schema {
    static let resemblance = named(
        "Resemblance",
        object([
            .required("recording", .id(Recording.self), "The later one"),
            .required("earlier", .id(Recording.self), "The one that it sounds like"),
            .required("bit_error", .number(), "Share of differing bits: 0 is the same, 0.5 nothing alike"),
            .required("found_at", .timestamp, "When it was analysed"),
        ]))

    static let qualityFlag = named(
        "QualityFlag",
        object([
            .required("recording", .id(Recording.self), "The recording"),
            .required("code", .choice(QualityFlag.self), "What stands out"),
            .required("sentence", .string(), "What its contributor is told"),
            .required("found_at", .timestamp, "When it was analysed"),
        ]))
}

extension QualityFlags.Record {
    var json: JSON {
        [
            "recording": .string(recording.text), "code": .string(flag.rawValue), "sentence": .string(flag.sentence),
            "found_at": foundAt.json,
        ]
    }
}

extension Resemblance {
    var json: JSON {
        [
            "recording": .string(recording.text), "earlier": .string(earlier.text),
            "bit_error": .number(Double(bitErrorThousandths) / 1000), "found_at": foundAt.json,
        ]
    }
}
