/// A customer credit transfer initiation, ISO 20022 pain.001.001.09, with one debtor and any number of creditors.
///
/// In euros it asks for the service level SEPA and shared charges by it (EPC132-08). In another currency it is an ordinary
/// transfer to the same accounts: no service level, charges shared.
enum CreditTransferFile {
    static func write(
        _ batch: ID<PayoutBatch>, _ rows: [PaymentFile.Row], debtor: Debtor, createdAt: Timestamp
    ) -> PaymentFile {
        let currency = rows[0].amount.currency
        var transfers = XMLWriter()
        var count = 0
        var micros: Int64 = 0
        for row in rows {
            guard case .sepa(let creditor) = row.details else { continue }
            write(row, to: creditor, into: &transfers)
            count += 1
            micros += row.amount.micros
        }
        let sum = Money(micros: micros, currency: currency)
        let message = batch.text.replacing("_", with: "-")
        let name = name(debtor.name)
        var xml = XMLWriter()
        xml.raw(#"<?xml version="1.0" encoding="UTF-8"?>"# + "\n")
        xml.element("Document", [("xmlns", "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09")]) { xml in
            xml.element("CstmrCdtTrfInitn") { xml in
                xml.element("GrpHdr") { xml in
                    xml.text("MsgId", message)
                    xml.text("CreDtTm", createdAt.rfc3339)
                    xml.text("NbOfTxs", "\(count)")
                    xml.text("CtrlSum", sum.minorUnitDecimal)
                    xml.element("InitgPty") { $0.text("Nm", name) }
                }
                xml.element("PmtInf") { xml in
                    xml.text("PmtInfId", message)
                    xml.text("PmtMtd", "TRF")
                    xml.text("NbOfTxs", "\(count)")
                    xml.text("CtrlSum", sum.minorUnitDecimal)
                    if currency.code == "EUR" {
                        xml.element("PmtTpInf") { $0.element("SvcLvl") { $0.text("Cd", "SEPA") } }
                    }
                    xml.element("ReqdExctnDt") { $0.text("Dt", BankDay.after(createdAt.date).description) }
                    xml.element("Dbtr") { $0.text("Nm", name) }
                    xml.element("DbtrAcct") { $0.element("Id") { $0.text("IBAN", debtor.iban.text) } }
                    xml.element("DbtrAgt") { agent(debtor.bic, into: &$0) }
                    xml.text("ChrgBr", currency.code == "EUR" ? "SLEV" : "SHAR")
                    xml.raw(transfers.content)
                }
            }
        }
        return PaymentFile(
            bytes: Array(xml.content.utf8), mediaType: "application/xml", fileExtension: "xml", count: count, sum: sum)
    }

    private static func write(_ row: PaymentFile.Row, to creditor: PayoutDetails.SEPA, into xml: inout XMLWriter) {
        xml.element("CdtTrfTxInf") { xml in
            xml.element("PmtId") { xml in
                xml.text("InstrId", Payout.endToEndID(of: row.payout))
                xml.text("EndToEndId", Payout.endToEndID(of: row.payout))
                xml.text("UETR", row.uetr)
            }
            xml.element("Amt") { xml in
                xml.element("InstdAmt", [("Ccy", row.amount.currency.code)], text: row.amount.minorUnitDecimal)
            }
            if creditor.bic != nil { xml.element("CdtrAgt") { agent(creditor.bic, into: &$0) } }
            xml.element("Cdtr") { $0.text("Nm", name(creditor.accountHolder)) }
            xml.element("CdtrAcct") { $0.element("Id") { $0.text("IBAN", creditor.iban.text) } }
            xml.element("RmtInf") { xml in
                xml.text("Ustrd", SEPAText.transliterate("Payout \(Payout.endToEndID(of: row.payout))", max: 140))
            }
        }
    }

    /// A name may not be empty, whatever was left of it.
    private static func name(_ text: String) -> String {
        let name = SEPAText.transliterate(text, max: 70)
        return name.isEmpty ? "NOTPROVIDED" : name
    }

    private static func agent(_ bic: BIC?, into xml: inout XMLWriter) {
        xml.element("FinInstnId") { xml in
            if let bic { xml.text("BICFI", bic.text) } else { xml.element("Othr") { $0.text("Id", "NOTPROVIDED") } }
        }
    }
}
