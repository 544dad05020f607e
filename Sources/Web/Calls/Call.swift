import Domain
import HTTP
import JSON

/// One request on its way through a handler: allowed, and its input checked.
public struct Call: Sendable {
    public let request: Request
    /// Who calls; nil where the route asks nobody.
    public let caller: Principal?
    public let path: Arguments
    public let query: Arguments
    public let header: Arguments
    /// The JSON body, `.null` where there is none.
    public var body: JSON = .null
    /// What makes a repetition of this request recognisable; nil without an `Idempotency-Key` and for streamed bodies.
    public var claim: IdempotencyClaim?

    /// Whether something can be read at the address; looked up only where `If-None-Match` asks.
    var isRepresented = false

    /// Names the request in logs and answers.
    public var id: String { request.id }

    /// Who calls, where the route asks for a key.
    public var principal: Principal {
        get throws(Problem) {
            guard let caller else { throw .unauthenticated("A key is needed here.", isKeyWrong: false) }
            return caller
        }
    }

    /// The id of the caller as a contributor, buyer or admin.
    /// - Throws: 403 where the caller is of another kind.
    public func owner<Noun: Identified>(_: Noun.Type) throws(Problem) -> ID<Noun> {
        guard let id = ID<Noun>(try principal.owner) else { throw Problem(.forbidden, "The key belongs to somebody else.") }
        return id
    }

    /// The id in the path under this name.
    public func id<Noun: Identified>(_: Noun.Type, _ name: String = "id") throws(Problem) -> ID<Noun> {
        guard let text = path.string(name), let id = ID<Noun>(text) else { throw .notFound }
        return id
    }

    /// Reads the body's fields and throws 422 with everything that is wrong, unknown fields included.
    ///
    ///     let (language, seconds) = try call.read { reader throws(FieldErrors) in
    ///         let language = reader.parsed("language", "is no language tag", Language.init)
    ///         let seconds = reader.optionalInteger("seconds")
    ///         return (try reader.finish(language), seconds)
    ///     }
    public func read<Value>(_ fields: (inout ObjectReader) throws(FieldErrors) -> Value) throws(Problem) -> Value {
        var reader = ObjectReader(body)
        do throws(FieldErrors) {
            let value = try fields(&reader)
            reader.rejectUnknown()
            try reader.finish()
            return value
        } catch {
            throw Problem(error)
        }
    }

    /// Throws 412 where the request's conditions mean another state than this.
    public func requireMatch(_ tag: EntityTag) throws(Problem) { try preconditions?.check(tag) }

    /// The conditions of a request that writes; nil without any.
    var preconditions: Preconditions? { Preconditions(request, isRepresented: isRepresented) }
}
