import Foundation
import TestSupport
import Testing

/// Which verbs make a data folder, and which want one that is there.
@Suite struct DataFolderTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "data-\(UUID().uuidString)").path

    @Test(arguments: [
        ["model", "list"], ["model", "activate", "mod_0"], ["model", "rollback"], ["ledger", "verify"], ["ledger", "export"],
        ["rate-card", "diff", "1", "2"], ["royalties", "explain", "lic_01J00000000000000000000000"],
        ["key", "create", "--owner", "con_01J00000000000000000000000"], ["key", "revoke", "key_01J00000000000000000000000"],
    ])
    func `what can only be found in a data folder is not looked for where there is none`(arguments: [String]) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let refused = try Child.run(Program.binary, arguments + ["--data", folder])
        #expect(refused.code == 2 && refused.output.isEmpty)
        #expect(refused.error == "fairvoice: --data: \(folder) is no data folder; name the one that `fairvoice serve` has\n")
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test(arguments: [["migrate"], ["admin", "create"], ["model", "activate", "none"]])
    func `what begins a market makes its folder`(arguments: [String]) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try Child.run(Program.binary, arguments + ["--data", folder]).code == 0)
        let list = try Program.run("model", "list", "--data", folder)
        #expect(list.code == 0 && list.output.isEmpty)
    }
}
