import Domain
import Ledger
import Testing

struct JournalFormatTests {
    static func transaction() throws -> Transaction {
        try Transaction(
            id: "txn_01", kind: .licenceGranted, occurredAt: Timestamp(milliseconds: 1_767_225_600_250),
            description: #"A "licence"; first \ last"#,
            postings: [
                Posting(Account(.prepaid(buyer: "buy_1"), .usd), amount: 12_345_678),
                Posting(Account(.expense(.recordings), .usd), amount: 1),
                Posting(Account(.operations, .usd), amount: -12_345_679),
            ], idempotencyKey: "licence:lic_1:granted", corrects: "txn_00", metadata: ["licence": "lic_1", "a": "b"])
    }

    @Test func hledgerIsWrittenToTheByte() throws {
        let transaction = try Self.transaction()
        let accounts = [Account(.bank, Currency(code: "JPY")!), Account(.operations, .usd), Account(.bank, .usd)]
        #expect(
            JournalFormat.hledger.header(accounts: accounts) == """
                commodity JPY
                  format 1000.000000 JPY
                commodity USD
                  format 1000.000000 USD
                account assets:bank
                account revenue:operations
                tag kind
                tag time
                tag key
                tag corrects

                """ + Transaction.subjects.map { "tag \($0)\n" }.joined())
        #expect(
            JournalFormat.hledger.entry(transaction) == #"""

                2026-01-01 * (txn_01) A "licence", first \ last
                    ; kind: licence-granted
                    ; time: 2026-01-01T00:00:00.250Z
                    ; key: licence:lic_1:granted
                    ; corrects: txn_00
                    ; a: b
                    ; licence: lic_1
                    liabilities:buyer:buy_1:prepaid  12.345678 USD
                    expenses:recordings  0.000001 USD
                    revenue:operations  -12.345679 USD

                """#)
    }

    @Test func beancountIsWrittenToTheByte() throws {
        let accounts = [Account(.taxWithheld(jurisdiction: "US-CA"), .usd), Account(.operations, .usd)]
        #expect(
            JournalFormat.beancount.header(accounts: accounts) == """
                1970-01-01 commodity USD
                1970-01-01 open Income:Operations
                1970-01-01 open Liabilities:Tax-withheld:US-CA

                """)
        #expect(
            JournalFormat.beancount.entry(try Self.transaction()) == #"""

                2026-01-01 * "A \"licence\"; first \\ last"
                  id: "txn_01"
                  kind: "licence-granted"
                  time: "2026-01-01T00:00:00.250Z"
                  key: "licence:lic_1:granted"
                  corrects: "txn_00"
                  about-a: "b"
                  about-licence: "lic_1"
                  Liabilities:Buyer:Buy-1:Prepaid  12.345678 USD
                  Expenses:Recordings  0.000001 USD
                  Income:Operations  -12.345679 USD

                """#)
    }

    @Test func theLeafCoversEveryFact() throws {
        let bytes = String(decoding: try Self.transaction().canonicalBytes, as: UTF8.self)
        #expect(
            bytes == #"{"corrects":"txn_00","description":"A \"licence\"; first \\ last","id":"txn_01","#
                + #""idempotencyKey":"licence:lic_1:granted","kind":"licence-granted","metadata":{"a":"b","licence":"lic_1"},"#
                + #""occurredAt":"2026-01-01T00:00:00.250Z","postings":["#
                + #"{"account":"liabilities:buyer:buy_1:prepaid","amount":"12.345678","currency":"USD"},"#
                + #"{"account":"expenses:recordings","amount":"0.000001","currency":"USD"},"#
                + #"{"account":"revenue:operations","amount":"-12.345679","currency":"USD"}]}"#)
        #expect(try Self.transaction().leafHash.count == 32)
    }
}
