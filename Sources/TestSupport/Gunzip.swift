import CZlib

/// Reads gzip by zlib itself, which checks the checksum and the length at the end.
public enum Gunzip {
    /// The content of one member; nil where the bytes are not exactly that.
    public static func expand(_ bytes: [UInt8], byteCountMax: Int = 1 << 20) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var input = bytes
        var status = Z_OK
        let result = [UInt8](unsafeUninitializedCapacity: byteCountMax) { room, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(room.count)
                status = inflate(&stream, Z_FINISH)
                count = room.count - Int(stream.avail_out)
            }
        }
        return status == Z_STREAM_END && stream.avail_in == 0 ? result : nil
    }
}
