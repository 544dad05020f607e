import HTTP
import JSON

extension Tag {
    public static let operation = Tag("operation", "Is it well, and what does it do")
}

/// What operators ask for: is it alive, is it ready, how much does it do.
public enum Operation {
    public static func routes(_ checks: [ReadinessCheck], _ metrics: Metrics) -> [Route] {
        [
            Route(
                "/livez", "Whether the process runs", .operation, answers: [.json("It does", .live)],
                fixed: .json(200, ["status": "ok"])),
            Route(
                .get, "/readyz", "Whether requests can be served", .operation, .anyone,
                answers: [.json("They can", .ready), .json("They can't", .ready, status: 503)]
            ) { _ in ready(checks) },
            Route(
                .get, "/metrics", "Numbers for Prometheus", .operation, .anyone,
                answers: [.bytes("Exposition format 0.0.4", mediaTypes: ["text/plain"])]
            ) { _ in .bytes(200, Array(metrics.text().utf8), mediaType: Metrics.mediaType) },
            Route(
                .get, "/problems/{code}", "What an error means", .operation, .anyone,
                parameters: [.path("code", .choice(ProblemCode.self), "The last part of a problem's `type`")],
                answers: [.json("The error", .explanation)], traits: [.immediate]
            ) { call in
                guard let code = call.path.string("code").flatMap(ProblemCode.init) else { throw Problem.notFound }
                return .json(200, ["code": .string(code.rawValue), "title": .string(code.title), "status": .count(code.status)])
            },
        ]
    }

    private static func ready(_ checks: [ReadinessCheck]) -> Response {
        let failures = checks.map { ($0.name, $0.failure()) }
        let isReady = failures.allSatisfy { $0.1 == nil }
        let members = failures.map { ($0, JSON.string($1 ?? "ok") as JSON?) }
        let answer: JSON = ["status": isReady ? "ok" : "unavailable", "checks": .object(JSONObject(members: members))]
        return .json(isReady ? 200 : 503, answer)
    }
}

extension Schema {
    fileprivate static let live = object([.required("status", .choice(["ok"]), "Always ok: a dead process is silent")])

    fileprivate static let ready = object([
        .required("status", .choice(["ok", "unavailable"]), "Whether every check passed"),
        .required("checks", .map(of: .string()), "Each check with \"ok\" or what is wrong"),
    ])

    fileprivate static let explanation = object([
        .required("code", .choice(ProblemCode.self), "The code"),
        .required("title", .string(), "What it means"),
        .required("status", .integer(400...599), "The status code that it comes with"),
    ])
}
