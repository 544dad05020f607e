import Assets
import Foundation
import Testing

@Suite struct AssetTests {
    @Test func `every page and migration is compiled in as it stands`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var embedded: [String: Data] = [:]
        for index in 0..<fairvoice_asset_count() {
            let asset = fairvoice_asset_at(index)
            embedded[String(cString: asset.path)] = Data(bytes: asset.bytes, count: asset.byte_count)
        }
        var found: Set<String> = []
        for folder in ["Migrations", "Models", "Public"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path) {
                found.insert("\(folder)/\(name)")
                #expect(embedded["\(folder)/\(name)"] == (try Data(contentsOf: root.appending(path: "\(folder)/\(name)"))))
            }
        }
        #expect(found == Set(embedded.keys))
    }
}
