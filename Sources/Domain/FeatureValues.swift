/// The values of a feature set as they are kept: 32-bit floats, little-endian, NaN where a value is not measurable.
public struct FeatureValues: Hashable, Sendable {
    /// Name and version of the set: vectors of different ones are not comparable.
    public let featureSet: String
    public let bytes: [UInt8]

    private static let width = MemoryLayout<Float>.size

    /// Bytes that were kept before.
    public init(featureSet: String, bytes: [UInt8]) {
        self.featureSet = featureSet
        self.bytes = bytes
    }

    public init(featureSet: String, values: [Float?]) {
        self.featureSet = featureSet
        bytes = values.flatMap { value in
            withUnsafeBytes(of: (value ?? .nan).bitPattern.littleEndian, Array.init)
        }
    }

    /// nil where a value is not measurable.
    public var values: [Float?] {
        bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / Self.width).map { index in
                let bits = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * Self.width, as: UInt32.self))
                let value = Float(bitPattern: bits)
                return value.isFinite ? value : nil
            }
        }
    }
}
