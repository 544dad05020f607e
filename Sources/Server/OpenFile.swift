import Glibc

/// A file to be sent; closed when nobody holds it any more, also where its answer was never sent.
final class OpenFile: Sendable {
    let descriptor: Int32

    /// Nil where the file cannot be opened, is no regular file, or is shorter than the part that is to be sent.
    init?(path: String, end: Int64) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size >= end else { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
