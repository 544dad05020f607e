extension Response.Body {
    /// The length where any part can be sent alone, nil where the body only comes in order.
    var sliceableByteCount: Int64? {
        switch self {
        case .bytes(let bytes): Int64(bytes.count)
        case .file(_, _, let byteCount), .content(_, _, let byteCount): byteCount
        case .empty, .sequence, .events: nil
        }
    }

    /// A part of a body that can be cut.
    func slice(offset: Int64, byteCount: Int64) -> Response.Body {
        switch self {
        case .bytes(let bytes): .bytes(Array(bytes[Int(offset)..<Int(offset + byteCount)]))
        case .file(let path, let start, _): .file(path: path, offset: start + offset, byteCount: byteCount)
        case .content(let content, let start, _): .content(content, offset: start + offset, byteCount: byteCount)
        case .empty, .sequence, .events: self
        }
    }
}
