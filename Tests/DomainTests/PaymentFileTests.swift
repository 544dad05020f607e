import Domain
import JSON
import TestSupport
import Testing

@Suite struct PaymentFileTests {
    static let batch = ID<PayoutBatch>("bat_01HZZZZZZZZZZZZZZZZZZZZZZZ")!
    static let debtor = Debtor(name: "Märchenstimmen gGmbH", iban: IBAN("DE89370400440532013000")!, bic: BIC("COBADEFFXXX"))
    /// Maundy Thursday: the banks open again on Tuesday.
    static let now = Timestamp(rfc3339: "2026-04-02T09:30:00Z")!

    static func row(_ number: Int, _ amount: String, _ code: String, _ details: JSON) -> PaymentFile.Row {
        PaymentFile.Row(
            payout: ID<Payout>("pay_01HZZZZZZZZZZZZZZZZZZZZZZ\(number)")!,
            amount: Money(decimal: amount, currency: Currency(code: code)!)!, details: PayoutDetails(json: details)!,
            uetr: "00000000-0000-4000-8000-00000000000\(number)")
    }

    private func write(_ method: PayoutDetails.Method, _ rows: [PaymentFile.Row]) throws -> (PaymentFile, String) {
        let file = try PaymentFile.write(Self.batch, method: method, rows: rows, debtor: Self.debtor, createdAt: Self.now)
        return (file, String(decoding: file.bytes, as: UTF8.self))
    }

    @Test func `a credit transfer in euros`() throws {
        let (file, text) = try write(
            .sepa,
            [
                Self.row(
                    1, "12.34", "EUR",
                    ["method": "sepa", "account_holder": "Αλέξανδρος & =Söhne", "iban": "GR1601101250000000012300695"]),
                Self.row(
                    2, "100", "EUR",
                    ["method": "sepa", "account_holder": "Ada", "iban": "FR1420041010050500013M02606", "bic": "BNPAFRPP"]),
            ])
        #expect(file.count == 2 && file.sum.decimal == "112.340000" && file.mediaType == "application/xml")
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
                <CstmrCdtTrfInitn>
                <GrpHdr>
                <MsgId>bat-01HZZZZZZZZZZZZZZZZZZZZZZZ</MsgId>
                <CreDtTm>2026-04-02T09:30:00.000Z</CreDtTm>
                <NbOfTxs>2</NbOfTxs>
                <CtrlSum>112.34</CtrlSum>
                <InitgPty>
                <Nm>Marchenstimmen gGmbH</Nm>
                </InitgPty>
                </GrpHdr>
                <PmtInf>
                <PmtInfId>bat-01HZZZZZZZZZZZZZZZZZZZZZZZ</PmtInfId>
                <PmtMtd>TRF</PmtMtd>
                <NbOfTxs>2</NbOfTxs>
                <CtrlSum>112.34</CtrlSum>
                <PmtTpInf>
                <SvcLvl>
                <Cd>SEPA</Cd>
                </SvcLvl>
                </PmtTpInf>
                <ReqdExctnDt>
                <Dt>2026-04-07</Dt>
                </ReqdExctnDt>
                <Dbtr>
                <Nm>Marchenstimmen gGmbH</Nm>
                </Dbtr>
                <DbtrAcct>
                <Id>
                <IBAN>DE89370400440532013000</IBAN>
                </Id>
                </DbtrAcct>
                <DbtrAgt>
                <FinInstnId>
                <BICFI>COBADEFFXXX</BICFI>
                </FinInstnId>
                </DbtrAgt>
                <ChrgBr>SLEV</ChrgBr>
                <CdtTrfTxInf>
                <PmtId>
                <InstrId>pay-01HZZZZZZZZZZZZZZZZZZZZZZ1</InstrId>
                <EndToEndId>pay-01HZZZZZZZZZZZZZZZZZZZZZZ1</EndToEndId>
                <UETR>00000000-0000-4000-8000-000000000001</UETR>
                </PmtId>
                <Amt>
                <InstdAmt Ccy="EUR">12.34</InstdAmt>
                </Amt>
                <Cdtr>
                <Nm>Alexandros + .Sohne</Nm>
                </Cdtr>
                <CdtrAcct>
                <Id>
                <IBAN>GR1601101250000000012300695</IBAN>
                </Id>
                </CdtrAcct>
                <RmtInf>
                <Ustrd>Payout pay-01HZZZZZZZZZZZZZZZZZZZZZZ1</Ustrd>
                </RmtInf>
                </CdtTrfTxInf>
                <CdtTrfTxInf>
                <PmtId>
                <InstrId>pay-01HZZZZZZZZZZZZZZZZZZZZZZ2</InstrId>
                <EndToEndId>pay-01HZZZZZZZZZZZZZZZZZZZZZZ2</EndToEndId>
                <UETR>00000000-0000-4000-8000-000000000002</UETR>
                </PmtId>
                <Amt>
                <InstdAmt Ccy="EUR">100.00</InstdAmt>
                </Amt>
                <CdtrAgt>
                <FinInstnId>
                <BICFI>BNPAFRPP</BICFI>
                </FinInstnId>
                </CdtrAgt>
                <Cdtr>
                <Nm>Ada</Nm>
                </Cdtr>
                <CdtrAcct>
                <Id>
                <IBAN>FR1420041010050500013M02606</IBAN>
                </Id>
                </CdtrAcct>
                <RmtInf>
                <Ustrd>Payout pay-01HZZZZZZZZZZZZZZZZZZZZZZ2</Ustrd>
                </RmtInf>
                </CdtTrfTxInf>
                </PmtInf>
                </CstmrCdtTrfInitn>
                </Document>

                """)
    }

    @Test func `another currency is no SEPA transfer`() throws {
        let details: JSON = ["method": "sepa", "account_holder": "Ada", "iban": "FR1420041010050500013M02606"]
        let (_, text) = try write(.sepa, [Self.row(1, "5", "JPY", details)])
        #expect(
            !text.contains("SvcLvl") && text.contains("<ChrgBr>SHAR</ChrgBr>")
                && text.contains("<InstdAmt Ccy=\"JPY\">5</InstdAmt>"))
    }

    @Test func `Wise gets a header, guarded names, and the columns that are used`() throws {
        let (file, text) = try write(
            .wise,
            [
                Self.row(
                    1, "12.34", "USD",
                    ["method": "wise", "name": "=HYPERLINK(\"x\")", "currency": "EUR", "iban": "DE89370400440532013000"]),
                Self.row(2, "1", "USD", ["method": "wise", "name": "Ada,\nB", "currency": "USD", "email": "ada@example.org"]),
                Self.row(
                    3, "2", "USD",
                    ["method": "wise", "name": "Cem", "currency": "GBP", "sort_code": "231470", "account_number": "28821822"]),
            ])
        #expect(file.count == 3 && file.sum.decimal == "15.340000")
        #expect(
            text.split(separator: "\r\n", omittingEmptySubsequences: false) == [
                "name,recipientEmail,paymentReference,receiverType,amountCurrency,amount,sourceCurrency,targetCurrency,IBAN,sortCode,accountNumber",
                "\"'=HYPERLINK(\"\"x\"\")\",,pay-01HZZZZZZZZZZZZZZZZZZZZZZ1,PERSON,source,12.34,USD,EUR,DE89370400440532013000,,",
                "\"Ada, B\",ada@example.org,pay-01HZZZZZZZZZZZZZZZZZZZZZZ2,PERSON,target,1.00,USD,USD,,,",
                "Cem,,pay-01HZZZZZZZZZZZZZZZZZZZZZZ3,PERSON,source,2.00,USD,GBP,,231470,28821822", "",
            ])
    }

    @Test func `PayPal gets no header`() throws {
        let (file, text) = try write(.paypal, [Self.row(1, "0.05", "USD", ["method": "paypal", "email": "ada@example.org"])])
        #expect(file.sum.micros == 50_000)
        #expect(text == "ada@example.org,0.05,USD,pay-01HZZZZZZZZZZZZZZZZZZZZZZ1,Payout of your earnings\r\n")
    }

    @Test func `a table for payments by hand`() throws {
        let (_, text) = try write(.manual, [Self.row(1, "1.5", "KWD", "@home \"cash\"")])
        #expect(text == "payout,details,amount,currency\r\npay-01HZZZZZZZZZZZZZZZZZZZZZZ1,\"'@home \"\"cash\"\"\",1.500,KWD\r\n")
    }

    @Test func `a row that does not belong is refused`() {
        let paypal: JSON = ["method": "paypal", "email": "a@b.c"]
        let good = Self.row(1, "1", "USD", paypal)
        for bad in [
            Self.row(2, "1", "EUR", paypal), Self.row(2, "0", "USD", paypal), Self.row(2, "0.001", "USD", paypal),
            Self.row(2, "1", "USD", "x"),
        ] {
            #expect(throws: PaymentFile.Failure.row(bad.payout)) { try write(.paypal, [good, bad]) }
        }
        #expect(throws: PaymentFile.Failure.empty) { try write(.manual, []) }
        #expect(throws: PaymentFile.Failure.self) {
            try PaymentFile.write(Self.batch, method: .sepa, rows: [good], debtor: nil, createdAt: Self.now)
        }
    }
}
