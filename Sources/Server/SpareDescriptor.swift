import Glibc
import Synchronization

/// A descriptor that the process holds for bad times. It is given up for a moment when there is no other, so that a
/// connection can be taken and ended: a client that is told no does not wait for nothing.
final class SpareDescriptor: Sendable {
    private let descriptor: Guarded<Int32>
    /// Whether somebody wants it back: whoever takes a connection in the meantime has taken its place.
    private let isWanted = Atomic(false)

    init() { descriptor = Guarded(Self.open()) }

    deinit {
        let last = descriptor.withLock { $0 }
        if last >= 0 { close(last) }
    }

    /// Whether a connection that was just taken must be ended for it.
    var isMissing: Bool { isWanted.load(ordering: .relaxed) }

    /// Takes it back where there is room again; answers whether it is there.
    @discardableResult
    func regain() -> Bool {
        descriptor.withLock { descriptor in
            if descriptor < 0 { descriptor = Self.open() }
            isWanted.store(descriptor < 0, ordering: .relaxed)
            return descriptor >= 0
        }
    }

    /// Gives it up for as long as `work` takes; nil where it is not there.
    func lend<Result>(_ work: () -> Result) -> Result? {
        descriptor.withLock { descriptor in
            if descriptor < 0 { descriptor = Self.open() }
            isWanted.store(true, ordering: .relaxed)
            guard descriptor >= 0 else { return nil }
            close(descriptor)
            let result = work()
            descriptor = Self.open()
            isWanted.store(descriptor < 0, ordering: .relaxed)
            return result
        }
    }

    private static func open() -> Int32 { Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC) }
}
