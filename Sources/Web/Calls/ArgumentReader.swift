import HTTP
import JSON

/// Reads the parameters of a request by a route's description and finds everything that is wrong with them.
struct ArgumentReader {
    private let parameters: [Parameter]
    private var errors: [InputError] = []

    init(_ route: Route) { parameters = route.allParameters }

    /// What can be read of the query and the header.
    /// - Throws: 400 that names every bad or unknown parameter; 404 for a path that names nothing possible.
    static func read(
        _ request: Request, path: [String: String], route: Route
    ) throws(Problem) -> (path: Arguments, query: Arguments, header: Arguments) {
        var reader = ArgumentReader(route)
        let query = try reader.query(of: request)
        let header = reader.arguments(.header) { request.fields.values($0) }
        let path = reader.arguments(.path) { name in path[name].map { [$0] } ?? [] }
        if reader.errors.contains(where: { $0.place == .path }) { throw .notFound }
        guard reader.errors.isEmpty else { throw Problem(.invalidParameters, errors: reader.errors) }
        return (path, query, header)
    }

    private mutating func query(of request: Request) throws(Problem) -> Arguments {
        let items: QueryItems
        do throws(RequestFailure) { items = try request.queryItems() } catch { throw Problem(.badRequest, error.detail) }
        let known = Set(parameters.filter { $0.place == .query }.map(\.name))
        for item in items.all where !known.contains(item.name) {
            refuse(.query, item.name, "is not a known parameter")
        }
        return arguments(.query) { items.values($0) }
    }

    private mutating func arguments(_ place: Parameter.Place, _ texts: (String) -> [String]) -> Arguments {
        var values: JSONObject = [:]
        for parameter in parameters where parameter.place == place {
            let texts = texts(parameter.name)
            if texts.isEmpty {
                values[parameter.name] = parameter.fallback
                if parameter.isRequired { refuse(place, parameter.name, "is required") }
            } else {
                values[parameter.name] = value(of: parameter, texts)
            }
        }
        return Arguments(values: values)
    }

    private mutating func value(of parameter: Parameter, _ texts: [String]) -> JSON {
        if texts.count > 1, !parameter.schema.isRepeatable { refuse(parameter.place, parameter.name, "stands more than once") }
        let value = parameter.schema.value(of: texts)
        let pointer = JSONPointer(tokens: [parameter.name])
        errors += parameter.schema.errors(in: value, at: pointer).map { InputError(Self.place(parameter.place), $0) }
        return value
    }

    private mutating func refuse(_ place: Parameter.Place, _ name: String, _ detail: String) {
        errors.append(InputError(Self.place(place), JSONPointer(tokens: [name]), detail))
    }

    private static func place(_ place: Parameter.Place) -> InputError.Place {
        switch place {
        case .query: .query
        case .path: .path
        case .header: .header
        }
    }
}
