import Foundation

/// What corpora are called by: the folder that a manifest is in, with as many folders before it as tell it from the others.
enum CorpusNames {
    /// - Throws: `BadInput` where one manifest is named twice.
    static func names(_ manifests: [String], option: String) throws -> [String] {
        let paths = manifests.map { URL(fileURLWithPath: $0).standardizedFileURL }
        if let twice = paths.indices.first(where: { paths[..<$0].contains(paths[$0]) }) {
            throw BadInput("\(option) names \(manifests[twice]) twice; leave one out")
        }
        var names = paths.map { name($0, folderCount: 1) }
        for count in 2...max(2, paths.map(\.pathComponents.count).max() ?? 2) {
            let shared = Set(names.filter { one in names.count { $0 == one } > 1 })
            for index in names.indices where shared.contains(names[index]) {
                names[index] = name(paths[index], folderCount: count)
            }
        }
        // Two manifests of one folder.
        let shared = Set(names.filter { one in names.count { $0 == one } > 1 })
        return names.indices.map { shared.contains(names[$0]) ? "\(names[$0])/\(paths[$0].lastPathComponent)" : names[$0] }
    }

    private static func name(_ manifest: URL, folderCount: Int) -> String {
        manifest.deletingLastPathComponent().pathComponents.filter { $0 != "/" }.suffix(folderCount).joined(separator: "/")
    }
}
