import Foundation
import Storage
import Testing

@Suite struct FolderTests {
    private let root = FileManager.default.temporaryDirectory.appending(path: "fairvoice-\(UUID().uuidString)").path

    @Test func `all that is missing is made, and what is there stays`() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try Folder.makeDurably("\(root)/a/b/")
        try Data("kept".utf8).write(to: URL(fileURLWithPath: "\(root)/a/b/file"))
        try Folder.makeDurably("\(root)/a/b")
        #expect(FileManager.default.contents(atPath: "\(root)/a/b/file") == Data("kept".utf8))
    }

    @Test func `a file in the way is an error`() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try Folder.makeDurably(root)
        try Data().write(to: URL(fileURLWithPath: "\(root)/file"))
        #expect(throws: SystemError.self) { try Folder.makeDurably("\(root)/file/b") }
    }
}
