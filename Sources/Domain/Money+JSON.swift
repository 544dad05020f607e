import JSON

extension Money {
    /// `{"amount": "12.345678", "currency": "USD"}`.
    public var json: JSON { ["amount": .string(decimal), "currency": .string(currency.code)] }
}
