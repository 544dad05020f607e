import Domain
import JSON

/// Why the market says no. Each case is a fact; the web layer alone turns it into a status.
public enum MarketError: Error, Sendable, Equatable {
    /// There is no such thing, or it is somebody else's.
    case notFound(String)
    /// Fields of the request that can't be taken, each with what it must be.
    case invalid([FieldError])
    /// Nothing may be uploaded before at least one purpose is granted.
    case consentMissing
    case quoteExpired(Timestamp)
    case quoteExhausted(secondsMax: Int64)
    /// Recordings under the quote that are not decided yet may use it up.
    case quoteSpokenFor(secondsMax: Int64)
    /// The thing is in a state in which this can't be done: what it is, and the sentence that says what is needed.
    case wrongState(String)
    /// A model that this program can't score with must not be in force: the sentence says why and what helps.
    case modelCannotScore(String)
    case insufficientFunds(available: Money, needed: Money)
    /// A use that is refused whatever contributors granted.
    case prohibitedUse(String)
    /// Members of a snapshot that may not be licensed for the purpose now.
    case notLicensable(purpose: Purpose, recordings: [ID<Recording>])
    case emptySnapshot
    case licenceInForce(ID<Licence>)
    /// The card does not let this person do it yet: the sentence says what is needed.
    case notQualified(String)
    /// The worker lost its lease, so that its result must not be kept.
    case leaseLost(ID<Job>)

    /// One bad field.
    public static func invalid(_ pointer: String, _ detail: String) -> MarketError {
        .invalid([FieldError(JSONPointer(pointer)!, detail)])
    }
}
