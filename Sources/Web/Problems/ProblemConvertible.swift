import JSON

/// An error of another layer that a client may hear of. Errors that don't conform are answered with 500 and logged.
public protocol ProblemConvertible: Error {
    var problem: Problem { get }
}

extension FieldErrors: ProblemConvertible {
    public var problem: Problem { Problem(self) }
}

extension Problem: ProblemConvertible {
    public var problem: Problem { self }
}
