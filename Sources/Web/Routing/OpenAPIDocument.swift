import Domain
import HTTP
import JSON

/// The contract as OpenAPI 3.1, written from the same routes that are served.
struct OpenAPIDocument {
    private var components = SchemaComponents()
    private var tags: [Tag] = []
    private var paths: JSONObject = [:]
    private var problems: Set<Int> = []

    /// The document of the routes that are part of the contract.
    static func bytes(_ routes: [Route], version: String) -> [UInt8] {
        var document = OpenAPIDocument()
        for route in routes where !route.traits.contains(.undocumented) { document.add(route) }
        return document.finished(version: version).bytes()
    }

    private mutating func add(_ route: Route) {
        if !tags.contains(route.tag) { tags.append(route.tag) }
        var item = paths[route.path]?.asObject ?? [:]
        item[route.method.rawValue.lowercased()] = operation(route)
        paths[route.path] = .object(item)
    }

    private mutating func operation(_ route: Route) -> JSON {
        let parameters = route.allParameters.map { parameter($0) }
        return [
            "operationId": .string(route.operationID), "summary": .string(route.summary), "tags": [.string(route.tag.name)],
            "description": .string(Self.description(of: route.authorisation)),
            "security": Self.security(route.authorisation), "parameters": parameters.isEmpty ? nil : .array(parameters),
            "requestBody": requestBody(route.body), "responses": responses(route),
        ]
    }

    private mutating func parameter(_ parameter: Parameter) -> JSON {
        var schema = components.document(parameter.schema)
        if let fallback = parameter.fallback, var object = schema.asObject {
            object["default"] = fallback
            schema = .object(object)
        }
        return [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue), "description": .string(parameter.note),
            "required": .bool(parameter.isRequired), "schema": schema,
        ]
    }

    private mutating func requestBody(_ body: RequestBody) -> JSON? {
        guard !body.mediaTypes.isEmpty else { return nil }
        var content: JSONObject = [:]
        for mediaType in body.mediaTypes {
            content[mediaType] = ["schema": body.schema(of: mediaType).map { components.document($0) }]
        }
        return ["required": .bool(body.isRequired), "content": .object(content)]
    }

    private mutating func responses(_ route: Route) -> JSON {
        var responses: JSONObject = [:]
        for answer in route.answers {
            responses[String(answer.status)] = Self.merged(responses[String(answer.status)], response(answer))
        }
        if route.traits.contains(.conditional), route.method == .get {
            responses["304"] = ["description": "The client has it already"]
        }
        if route.traits.contains(.ranges), let whole = responses["200"] { responses["206"] = whole }
        for status in route.problemStatuses where responses[String(status)] == nil {
            problems.insert(status)
            responses[String(status)] = ["$ref": .string("#/components/responses/Problem\(status)")]
        }
        return .object(responses)
    }

    /// Two answers of one status are one answer in several media types.
    private static func merged(_ known: JSON?, _ other: JSON) -> JSON {
        guard var first = known?.asObject, var content = first["content"]?.asObject else { return other }
        for member in other["content"]?.asObject ?? [:] { content[member.key] = member.value }
        first["content"] = .object(content)
        return .object(first)
    }

    private mutating func response(_ answer: Answer) -> JSON {
        var fields: JSONObject = [:]
        for field in answer.fields { fields[field.name] = ["description": .string(field.note), "schema": ["type": "string"]] }
        return [
            "description": .string(answer.note), "headers": fields.isEmpty ? nil : .object(fields),
            "content": content(answer.content),
        ]
    }

    private mutating func content(_ content: Answer.Content) -> JSON? {
        switch content {
        case .none: nil
        case .json(let schema): ["application/json": ["schema": components.document(schema)]]
        case .bytes(let mediaTypes): .object(JSONObject(members: mediaTypes.map { ($0, [:]) }))
        }
    }

    private mutating func finished(version: String) -> JSON {
        let problem = components.document(.problem)
        let responses = problems.sorted().map { status in ("Problem\(status)", Self.problemResponse(status, problem)) }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Fairvoice", "version": .string(version),
                "description": "A marketplace for emotional speech: prices known before, pay for quality, every use visible.",
            ],
            "servers": [["url": "/"]],
            "tags": .array(tags.map { ["name": .string($0.name), "description": .string($0.note)] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(components.schemas), "responses": .object(JSONObject(members: responses)),
                "securitySchemes": Self.securitySchemes,
            ],
        ]
    }

    private static func problemResponse(_ status: Int, _ schema: JSON) -> JSON {
        let titles = ProblemCode.allCases.filter { $0.status == status }.map(\.title)
        var fields: JSONObject = [:]
        if status == 401 { fields["WWW-Authenticate"] = ["description": "How to authenticate", "schema": ["type": "string"]] }
        if status == 429 {
            for (name, note) in [
                ("Retry-After", "Seconds to wait"),
                ("RateLimit-Policy", "The limits: so many requests (q) in so many seconds (w)"),
                ("RateLimit", "How many remain of each (r), and the seconds until there are more (t)"),
            ] {
                fields[name] = ["description": .string(note), "schema": ["type": "string"]]
            }
        }
        return [
            "description": .string(titles.joined(separator: "; or: ")), "headers": fields.isEmpty ? nil : .object(fields),
            "content": .object([Problem.mediaType: ["schema": schema]]),
        ]
    }

    private static func security(_ authorisation: Authorisation) -> JSON {
        authorisation == .anyone ? [] : [["bearer": []], ["session": []]]
    }

    private static func description(of authorisation: Authorisation) -> String {
        switch authorisation {
        case .anyone: "Open to anyone."
        case .anyKey: "For whoever has a key."
        case .roles(let roles): "For a key of: " + roles.map(\.rawValue).sorted().joined(separator: ", ") + "."
        }
    }

    private static let securitySchemes: JSON = [
        "bearer": ["type": "http", "scheme": "bearer", "description": "A key that begins with fv_"],
        "session": ["type": "apiKey", "in": "cookie", "name": .string(SessionCookie.secureName), "description": "For the pages"],
    ]
}
