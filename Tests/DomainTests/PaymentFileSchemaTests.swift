import Domain
import Foundation
import FoundationXML
import JSON
import TestSupport
import Testing

/// Random credit transfers against the schema of ISO 20022. `make payout-files` runs 1,000 of them.
@Suite struct PaymentFileSchemaTests {
    private static let schema = "iso20022/pain.001.001.09.xsd"
    private static let xmllint = "/usr/bin/xmllint"
    private static let canRun = TestData.has(schema) && FileManager.default.isExecutableFile(atPath: xmllint)
    private static let count = ProcessInfo.processInfo.environment["PAYOUT_FILES"].flatMap { Int($0) } ?? 40
    private static let seed = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) } ?? 1

    @Test(.enabled(if: canRun)) func `whatever people are called, the file is valid and adds up`() throws {
        let folder = try Folder()
        var paths: [String] = []
        var transfers = 0
        for index in 0..<Self.count {
            let batch = RandomBatch(seed: Self.seed &+ UInt64(index))
            let file = try PaymentFile.write(
                batch.id, method: .sepa, rows: batch.rows, debtor: batch.debtor, createdAt: batch.createdAt)
            let again = try PaymentFile.write(
                batch.id, method: .sepa, rows: batch.rows, debtor: batch.debtor, createdAt: batch.createdAt)
            #expect(again.bytes == file.bytes)
            let found = try Figures(file.bytes)
            #expect(found.sums == [batch.sum, batch.sum] && found.counts == [batch.rows.count, batch.rows.count])
            #expect(
                found.amounts == batch.rows.map(\.amount.micros) && file.sum.micros == batch.sum && file.count == batch.rows.count
            )
            #expect(found.names.allSatisfy { (1...70).contains($0.count) && $0.utf8.allSatisfy { $0 < 0x80 } })
            #expect(found.identifiers.allSatisfy { $0.count <= 35 } && Set(found.identifiers).count == batch.rows.count)
            #expect(BankDay.isOpen(try #require(CalendarDate(found.date))))
            paths.append(try folder.write(file.bytes, "batch-\(index).xml"))
            transfers += batch.rows.count
        }
        let verdict = try Self.validate(paths)
        #expect(verdict.code == 0, "\(verdict.text.suffix(2000))")
        print("\(paths.count) payment files of \(transfers) transfers are valid; seed \(Self.seed)")
    }

    /// Each breaks one rule of the schema; a check that lets them pass proves nothing.
    private static let mistakes: [(String, String)] = [
        ("<ChrgBr>SLEV</ChrgBr>", "<ChrgBr>WHO</ChrgBr>"), ("<MsgId>", "<MsgId>012345678901234567890123456789"),
        ("<PmtMtd>TRF</PmtMtd>", ""), ("-4000-8000-", "-1000-8000-"), ("<InstdAmt Ccy=\"EUR\">", "<InstdAmt>"),
        ("<BICFI>COBADEFFXXX</BICFI>", "<BICFI>cobadeffxxx</BICFI>"), ("<Dt>2026-04-07</Dt>", "<Dt>2026-04-31</Dt>"),
        ("<CtrlSum>12.34</CtrlSum>", "<CtrlSum>12,34</CtrlSum>"), ("<Nm>Ada</Nm>", "<Nm></Nm>"), ("</Document>", ""),
        ("pain.001.001.09", "pain.001.001.03"),
    ]

    @Test(.enabled(if: canRun), arguments: mistakes.indices) func `a wrong file is refused`(_ index: Int) throws {
        let row = PaymentFileTests.row(
            1, "12.34", "EUR", ["method": "sepa", "account_holder": "Ada", "iban": "GR1601101250000000012300695"])
        let file = try PaymentFile.write(
            PaymentFileTests.batch, method: .sepa, rows: [row], debtor: PaymentFileTests.debtor, createdAt: PaymentFileTests.now)
        let right = String(decoding: file.bytes, as: UTF8.self)
        let (text, other) = Self.mistakes[index]
        let wrong = right.replacing(text, with: other, maxReplacements: 1)
        #expect(wrong != right)
        let folder = try Folder()
        #expect(try Self.validate([folder.write(Array(right.utf8), "right.xml")]).code == 0)
        #expect(try Self.validate([folder.write(Array(wrong.utf8), "wrong.xml")]).code != 0)
    }

    private static func validate(_ paths: [String]) throws -> (code: Int32, text: String) {
        let (output, error, code) = try Child.run(
            xmllint, ["--noout", "--nonet", "--schema", TestData.url(schema).path] + paths)
        return (code, output + error)
    }

    /// A folder that goes with the test.
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appending(path: "payout-files-\(UUID().uuidString)")

        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(at: url) }

        func write(_ bytes: [UInt8], _ name: String) throws -> String {
            let file = url.appending(path: name)
            try Data(bytes).write(to: file)
            return file.path
        }
    }

    /// What another reader finds in a file: it shares nothing with the writer.
    private final class Figures: NSObject, XMLParserDelegate {
        private(set) var amounts: [Int64] = []
        private(set) var sums: [Int64] = []
        private(set) var counts: [Int] = []
        private(set) var names: [String] = []
        private(set) var identifiers: [String] = []
        private(set) var date = ""
        private var text = ""

        init(_ bytes: [UInt8]) throws {
            super.init()
            let parser = XMLParser(data: Data(bytes))
            parser.delegate = self
            guard parser.parse() else { throw CocoaError(.fileReadCorruptFile) }
        }

        func parser(
            _: XMLParser, didStartElement _: String, namespaceURI _: String?, qualifiedName _: String?,
            attributes _: [String: String]
        ) {
            text = ""
        }

        func parser(_: XMLParser, foundCharacters characters: String) { text += characters }

        func parser(_: XMLParser, didEndElement name: String, namespaceURI _: String?, qualifiedName _: String?) {
            switch name {
            case "InstdAmt": amounts.append(micros)
            case "CtrlSum": sums.append(micros)
            case "NbOfTxs": counts.append(Int(text) ?? -1)
            case "Nm": names.append(text)
            case "EndToEndId": identifiers.append(text)
            case "Dt": date = text
            default: break
            }
        }

        /// Read without the program's own decimals.
        private var micros: Int64 {
            let parts = text.split(separator: ".")
            let fraction = parts.count > 1 ? String(parts[1]) : ""
            let zeros = String(repeating: "0", count: 6 - fraction.count)
            return Int64("\(parts[0])\(fraction)\(zeros)") ?? -1
        }
    }
}
