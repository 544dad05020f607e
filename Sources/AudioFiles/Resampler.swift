import CSoxr

/// Brings samples to another rate, block by block, by libsoxr's high-quality band-limited interpolation.
public struct Resampler: ~Copyable {
    private let handle: OpaquePointer?
    private let ratio: Double

    /// Equal rates pass samples through untouched.
    public init(fromHz: Int, toHz: Int) {
        ratio = Double(toHz) / Double(fromHz)
        handle = fromHz == toHz ? nil : soxr_create(Double(fromHz), Double(toHz), 1, nil, nil, nil, nil)
    }

    deinit { if let handle { soxr_delete(handle) } }

    /// Appends what the samples give.
    public mutating func process(_ samples: [Float], into output: inout [Float]) {
        guard let handle else { return output.append(contentsOf: samples) }
        append(to: &output, room: Int(Double(samples.count) * ratio) + 1024) { room, made in
            samples.withUnsafeBufferPointer { input in
                _ = soxr_process(handle, input.baseAddress, input.count, nil, room.baseAddress, room.count, &made)
            }
        }
    }

    /// Appends what is still inside, once all samples have been processed.
    public mutating func flush(into output: inout [Float]) {
        guard let handle else { return }
        while true {
            let before = output.count
            append(to: &output, room: 8192) { room, made in
                _ = soxr_process(handle, nil, 0, nil, room.baseAddress, room.count, &made)
            }
            if output.count == before { return }
        }
    }

    private func append(
        to output: inout [Float], room: Int, _ fill: (UnsafeMutableBufferPointer<Float>, inout Int) -> Void
    ) {
        output += [Float](unsafeUninitializedCapacity: room) { buffer, count in fill(buffer, &count) }
    }
}
