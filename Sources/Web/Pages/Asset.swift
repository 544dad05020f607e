import Assets

/// A file that is compiled into the program.
package struct Asset: Sendable {
    /// Path inside the repository, such as "Public/index.html".
    let path: String
    let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Every asset under a folder.
    static func all(under folder: String) -> [Asset] {
        (0..<fairvoice_asset_count()).compactMap { index in
            let asset = fairvoice_asset_at(index)
            let path = String(cString: asset.path)
            guard path.hasPrefix(folder + "/") else { return nil }
            return Asset(path: path, bytes: Array(UnsafeBufferPointer(start: asset.bytes, count: asset.byte_count)))
        }
    }
}
