import Foundation

/// What corpora are called by. A folder is one corpus, however many manifests it has: a speaker of that name in two of them is one speaker.
struct CorpusNames {
    /// One a manifest, the same for manifests of one folder: the folder, with as many folders before it as tell it from the others.
    let corpora: [String]
    /// One a manifest: the corpus, and the manifest too where its folder has several.
    let manifests: [String]

    /// - Throws: `BadInput` where one manifest is named twice.
    init(_ paths: [String], option: String) throws {
        let files = paths.map { URL(fileURLWithPath: $0).standardizedFileURL }
        // A link to a folder is that folder.
        let folders = files.map { $0.deletingLastPathComponent().resolvingSymlinksInPath() }
        let places = zip(folders, files).map { $0.appending(path: $1.lastPathComponent).path }
        if let twice = places.indices.first(where: { places[..<$0].contains(places[$0]) }) {
            throw BadInput("\(option) names \(paths[twice]) twice; leave one out")
        }
        // The first manifest of each folder gives it its name.
        let first = folders.map { folder in folders.firstIndex(of: folder)! }
        let names = Self.names(Set(first).sorted().map { ($0, files[$0].deletingLastPathComponent()) })
        corpora = first.map { names[$0]! }
        manifests = files.indices.map { index in
            first.count { $0 == first[index] } > 1
                ? "\(names[first[index]]!)/\(files[index].lastPathComponent)" : names[first[index]]!
        }
    }

    /// Names of folders by their numbers, as short as they can be without being the same.
    private static func names(_ folders: [(number: Int, folder: URL)]) -> [Int: String] {
        var names = folders.map { name($0.folder, folderCount: 1) }
        for count in 2...max(2, folders.map(\.folder.pathComponents.count).max() ?? 2) {
            let shared = Set(names.filter { one in names.count { $0 == one } > 1 })
            for index in names.indices where shared.contains(names[index]) {
                names[index] = name(folders[index].folder, folderCount: count)
            }
        }
        return Dictionary(uniqueKeysWithValues: zip(folders.map(\.number), names))
    }

    private static func name(_ folder: URL, folderCount: Int) -> String {
        folder.pathComponents.filter { $0 != "/" }.suffix(folderCount).joined(separator: "/")
    }
}
