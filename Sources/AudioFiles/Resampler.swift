import CSoxr

/// Brings samples to another rate, block by block, by libsoxr's band-limited interpolation: linear phase, 20 bits, the
/// delay taken out, so that time stays where it was.
public struct Resampler: ~Copyable {
    /// Rises whenever the same samples may give others.
    public static let version = 1

    /// Nil where the rates are equal, and samples pass untouched.
    private let handle: OpaquePointer?
    private let ratio: Double

    /// The rates are positive. Equal rates pass samples through.
    public init(fromHz: Int, toHz: Int) {
        precondition(fromHz > 0 && toHz > 0, "A rate is positive.")
        ratio = Double(toHz) / Double(fromHz)
        handle = fromHz == toHz ? nil : soxr_create(Double(fromHz), Double(toHz), 1, nil, nil, nil, nil)
        precondition(fromHz == toHz || handle != nil, "libsoxr has no memory.")
    }

    deinit { if let handle { soxr_delete(handle) } }

    /// Appends what the samples give; the last few stay inside until more come. All samples together, however they are
    /// divided, give the same output: `count` x ratio samples, within one.
    public mutating func process(_ samples: [Float], into output: inout [Float]) {
        guard let handle else { return output.append(contentsOf: samples) }
        samples.withUnsafeBufferPointer { samples in
            var rest = samples[...]
            while !rest.isEmpty {
                let block = UnsafeBufferPointer(rebasing: rest)
                var taken = 0
                Self.append(to: &output, room: Int(Double(block.count) * ratio) + 64) { room, made in
                    soxr_process(handle, block.baseAddress, block.count, &taken, room.baseAddress, room.count, &made)
                }
                rest = rest.dropFirst(taken)
            }
        }
    }

    /// Appends what is still inside; all samples have been processed.
    public mutating func flush(into output: inout [Float]) {
        guard let handle else { return }
        var before: Int
        repeat {
            before = output.count
            Self.append(to: &output, room: 4096) { room, made in
                soxr_process(handle, nil, 0, nil, room.baseAddress, room.count, &made)
            }
        } while output.count > before
    }

    private static func append(
        to output: inout [Float], room: Int, _ fill: (UnsafeMutableBufferPointer<Float>, inout Int) -> soxr_error_t?
    ) {
        let made = [Float](unsafeUninitializedCapacity: room) { buffer, count in
            let error = fill(buffer, &count)
            precondition(error == nil, "libsoxr has no memory.")
        }
        output += made
    }
}
