import HTTP
import JSON

/// Reads the parameters of a request by a route's description and finds everything that is wrong with them.
struct ArgumentReader {
    private var errors: [InputError] = []

    /// What can be read of the query and the header.
    /// - Throws: 400 that names every bad or unknown parameter; 404 for a path that names nothing possible.
    static func read(
        _ request: Request, path: [String: String], route: Route
    ) throws(Problem) -> (path: Arguments, query: Arguments, header: Arguments) {
        var reader = ArgumentReader()
        let query = try reader.query(of: request, route.queryParameters)
        let header = reader.arguments(route.headerParameters) { request.fields.values($0) }
        let path = reader.arguments(route.pathParameters) { name in path[name].map { [$0] } ?? [] }
        if reader.errors.contains(where: { $0.place == .path }) { throw .notFound }
        guard reader.errors.isEmpty else { throw Problem(.invalidParameters, errors: reader.errors) }
        return (path, query, header)
    }

    private mutating func query(of request: Request, _ parameters: [Parameter]) throws(Problem) -> Arguments {
        guard request.query != nil || !parameters.isEmpty else { return Arguments(values: [:]) }
        let items: QueryItems
        do throws(RequestFailure) { items = try request.queryItems() } catch { throw Problem(.badRequest, error.detail) }
        for item in items.all where !parameters.contains(where: { $0.name == item.name }) {
            refuse(.query, item.name, "is not a known parameter")
        }
        return arguments(parameters) { items.values($0) }
    }

    private mutating func arguments(_ parameters: [Parameter], _ texts: (String) -> [String]) -> Arguments {
        guard !parameters.isEmpty else { return Arguments(values: [:]) }
        var values = JSONObject(minimumCapacity: parameters.count)
        // By number: a copy of a parameter would count references that every loop has.
        for index in parameters.indices {
            let texts = texts(parameters[index].name)
            if texts.isEmpty {
                if let fallback = parameters[index].fallback { values.insert(fallback, at: parameters[index].name) }
                if parameters[index].isRequired { refuse(parameters[index].place, parameters[index].name, "is required") }
            } else {
                values.insert(value(of: parameters[index], texts), at: parameters[index].name)
            }
        }
        return Arguments(values: values)
    }

    private mutating func value(of parameter: Parameter, _ lines: [String]) -> JSON {
        let texts = parameter.isList ? [lines.joined(separator: ", ")] : lines
        if texts.count > 1, !parameter.schema.isRepeatable { refuse(parameter.place, parameter.name, "stands more than once") }
        let value = parameter.schema.value(of: texts)
        for error in parameter.schema.errors(in: value) {
            let pointer = JSONPointer(tokens: [parameter.name] + error.pointer.tokens)
            errors.append(InputError(Self.place(parameter.place), FieldError(pointer, error.detail)))
        }
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
