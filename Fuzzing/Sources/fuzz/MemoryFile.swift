import CFuzzer
import Glibc

/// A file in memory with a path, written anew for every input.
struct MemoryFile: ~Copyable {
    let path: String
    private let descriptor: CInt

    init() {
        descriptor = memory_file()
        guard descriptor >= 0 else { fatalError("No file in memory: \(String(cString: strerror(errno)))") }
        path = "/proc/self/fd/\(descriptor)"
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) {
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
            fatalError("The file in memory is not written: \(String(cString: strerror(errno)))")
        }
    }
}
