import Domain
import JSON
import Testing

@Suite struct PayoutDetailsTests {
    static let sound: [JSON] = [
        "IBAN DE89, Ada", ["method": "paypal", "email": "ada@example.org"],
        ["method": "sepa", "account_holder": "Jürgen", "iban": "DE89370400440532013000", "bic": "COBADEFFXXX"],
        ["method": "sepa", "account_holder": "Jürgen", "iban": "DE89370400440532013000"],
        ["method": "wise", "name": "Ada", "currency": "GBP", "sort_code": "231470", "account_number": "28821822"],
        ["method": "wise", "name": "Ada", "currency": "AUD", "bsb_code": "062000", "account_number": "12345678"],
        ["method": "wise", "name": "Ada", "currency": "EUR", "email": "ada@example.org", "iban": "DE89370400440532013000"],
    ]

    @Test(arguments: sound) func `details are written as they were read`(_ json: JSON) throws {
        #expect(try #require(PayoutDetails(json: json)).json.canonicalBytes() == json.canonicalBytes())
    }

    @Test func `small letters and spaces of an IBAN are tidied, and text by hand may be an object`() {
        let sepa = PayoutDetails(json: ["method": "sepa", "account_holder": "A", "iban": "de89 3704 0044 0532 0130 00"])
        #expect(sepa?.json["iban"] == "DE89370400440532013000")
        #expect(PayoutDetails(json: ["method": "manual", "text": "cash"])?.json == "cash")
    }

    @Test(
        arguments: [
            (
                ["method": "sepa", "account_holder": "", "iban": "DE88370400440532013000", "bic": "x"],
                ["account_holder", "iban", "bic"]
            ),
            (["method": "sepa", "account_holder": "A", "iban": "BR1800360305000010009795493C1"], ["iban"]),
            (
                ["method": "sepa", "account_holder": "王芳", "iban": "DE89370400440532013000", "email": "x"],
                ["account_holder", "email"]
            ),
            (["method": "paypal", "email": "=cmd@example.org"], ["email"]), (["method": "cheque"], ["method"]), ([:], ["method"]),
            (["method": "wise", "name": "A", "currency": "EUR"], [""]),
            (["method": "wise", "name": "A", "currency": "eur", "sort_code": "1"], ["currency", "sort_code"]),
            (["method": "wise", "name": "A", "currency": "GBP", "sort_code": "231470"], [""]),
        ] as [(JSON, [String])]) func `every bad field is named`(_ json: JSON, _ fields: [String])
    {
        var reader = ObjectReader(["payout_details": json])
        _ = PayoutDetails("payout_details", of: &reader)
        let expected = fields.map { $0.isEmpty ? "/payout_details" : "/payout_details/\($0)" }
        #expect(throws: FieldErrors.self) { try reader.finish() }
        do { try reader.finish() } catch { #expect(error.all.map { "\($0.pointer)" } == expected) }
    }
}
