/// Where a contributor's payouts go.
public enum PayoutDetails: Hashable, Sendable {
    case sepa(SEPA)
    case wise(Wise)
    case paypal(EmailAddress)
    /// Free text that an admin pays by hand.
    case manual(String)

    /// How a payout is paid.
    public enum Method: String, CaseIterable, Sendable {
        case sepa, wise, paypal, manual
    }

    /// An account that SEPA reaches.
    public struct SEPA: Hashable, Sendable {
        public let accountHolder: String
        public let iban: IBAN
        public let bic: BIC?

        public init(accountHolder: String, iban: IBAN, bic: BIC? = nil) {
            self.accountHolder = accountHolder
            self.iban = iban
            self.bic = bic
        }
    }

    /// A recipient of Wise, by e-mail or by an account.
    public struct Wise: Hashable, Sendable {
        public let name: String
        /// What the recipient gets; Wise converts where it is another than the installation's.
        public let currency: Currency
        public let email: EmailAddress?
        public let account: Account?

        /// An account as the columns of Wise's batch file name it.
        public enum Account: Hashable, Sendable {
            case iban(IBAN)
            /// Great Britain: six and eight digits.
            case sortCode(String, accountNumber: String)
            /// Australia: six digits and up to ten.
            case bsb(String, accountNumber: String)
        }

        public init(name: String, currency: Currency, email: EmailAddress?, account: Account?) {
            self.name = name
            self.currency = currency
            self.email = email
            self.account = account
        }
    }

    /// How long payouts to changed details wait before they can enter a batch: whoever stole a key must not be faster than
    /// its owner can notice.
    public static let coolingOffSeconds: Int64 = 72 * 3600

    public var method: Method {
        switch self {
        case .sepa: .sepa
        case .wise: .wise
        case .paypal: .paypal
        case .manual: .manual
        }
    }

    /// Enough to recognise it, without giving it away to whoever looks on.
    public var masked: String {
        switch self {
        case .sepa(let account): account.iban.masked
        case .wise(let recipient): recipient.masked
        case .paypal(let email): email.masked
        case .manual: "by hand"
        }
    }
}

extension PayoutDetails.Wise {
    var masked: String {
        switch account {
        case .iban(let iban): iban.masked
        case .sortCode(_, let number), .bsb(_, let number): "…\(number.suffix(4))"
        case nil: email?.masked ?? name
        }
    }
}

extension PayoutDetails.Method {
    /// Most payouts in one batch: what Wise and PayPal take in one file; for the others what a list of bank statuses holds.
    public var batchCountMax: Int {
        switch self {
        case .wise: 1000
        case .sepa, .paypal, .manual: 5000
        }
    }
}
