import Glibc

/// An open file, read at any offset; closes itself.
final class Descriptor {
    let number: Int32
    let byteCount: Int64

    init(path: String) throws(AudioFileError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw .unreadable("it is no file")
        }
        number = opened
        byteCount = Int64(status.st_size)
    }

    deinit { close(number) }

    /// Up to `count` bytes from an offset; fewer at the end.
    func read(at offset: Int64, count: Int) throws(AudioFileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(number, buffer.baseAddress! + filled, count - filled, off_t(offset) + off_t(filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                filled += got
            }
        }
        guard failure == 0 else { throw .unreadable(String(cString: strerror(failure))) }
        return bytes
    }
}
