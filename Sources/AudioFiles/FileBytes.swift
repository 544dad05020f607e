import Glibc

/// An open file, read at any offset; closes itself. Shared by a reader and the decoder underneath, hence a class.
final class FileBytes {
    /// Length at the time of opening.
    let byteCount: Int64
    private let descriptor: Int32

    init(path: String) throws(AudioFileError) {
        // Without blocking: to open a pipe would wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure(errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unreadable("it is no regular file")
        }
        self.descriptor = descriptor
        byteCount = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    /// Fills the buffer from an offset; answers how many bytes there were, fewer only at the end of the file.
    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(AudioFileError) -> Int {
        guard let start = buffer.baseAddress else { return 0 }
        var filled = 0
        while filled < buffer.count {
            let count = pread(descriptor, start + filled, buffer.count - filled, off_t(offset) + off_t(filled))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(errno) }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Up to `count` bytes from an offset; none where the offset lies outside the file.
    func read(at offset: Int64, count: Int) throws(AudioFileError) -> [UInt8] {
        let present = Int(clamping: min(Int64(count), byteCount - offset))
        guard offset >= 0, present > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: present)
        let filled = try bytes.withUnsafeMutableBufferPointer { (buffer) throws(AudioFileError) in
            try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
        }
        bytes.removeLast(present - filled)
        return bytes
    }

    private static func failure(_ code: Int32) -> AudioFileError { .unreadable(String(cString: strerror(code))) }
}
