import Acoustics
import Assets
import Emotion
import Market
import Storage

/// The model that is compiled in; `make model` makes it.
enum DefaultModel {
    private static let path = "Models/default.json"

    static var bytes: [UInt8] {
        for index in 0..<fairvoice_asset_count() {
            let asset = fairvoice_asset_at(index)
            guard String(cString: asset.path) == path else { continue }
            return Array(UnsafeBufferPointer(start: asset.bytes, count: asset.byte_count))
        }
        preconditionFailure("\(path) is not compiled in")
    }

    /// Puts the model in force where no admin has chosen another.
    static func installIfNew(_ market: Marketplace) throws {
        let file = bytes
        try EmotionModel(bytes: file).require(featureSet: ExtendedFeatureSet.name, version: ExtendedFeatureSet.version)
        try market.store.write { db in try market.installShippedModel(file, at: market.now, in: db) }
    }
}
