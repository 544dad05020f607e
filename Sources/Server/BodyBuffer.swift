/// Bytes of a body; the loop or a worker has them, never both.
final class BodyBuffer: @unchecked Sendable {
    var bytes: [UInt8] = []

    /// Lets `fill` write behind what is there, and say how much it wrote. Nothing is moved or cleared for it, but that memory for a whole
    /// piece is made ready once.
    func append(upTo countMax: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) {
        if bytes.capacity < Buffering.bodyPieceByteCount { bytes.reserveCapacity(Buffering.bodyPieceByteCount) }
        bytes.append(addingCapacity: countMax) { rest in
            rest.withUnsafeMutableBufferPointer { room, count in
                count += fill(UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: room[count...])))
            }
        }
    }
}
