import Foundation

/// Counts the objects and array buffers that one thread allocates, by the hook that the Swift runtime has for it. While it
/// counts, nothing may work on strings: with the hook, the runtime (6.3) crashes where it retains a short one.
enum AllocationCounter {
    private typealias Allocate = @convention(c) (UnsafeRawPointer?, Int, Int) -> UnsafeMutableRawPointer?

    private struct Hook {
        var function: UnsafeMutablePointer<Allocate>
        var isEnabled: UnsafeMutablePointer<Bool>
        var original: Allocate
    }

    // Touched only in processes in which one thread runs.
    nonisolated(unsafe) private static var count = 0
    nonisolated(unsafe) private static var thread = pthread_self()
    nonisolated(unsafe) private static let hook: Hook? = {
        guard let function = dlsym(nil, "_swift_allocObject"),
            let isEnabled = dlsym(nil, "_swift_enableSwizzlingOfAllocationAndRefCountingFunctions_forInstrumentsOnly")
        else { return nil }
        let typed = function.assumingMemoryBound(to: Allocate.self)
        return Hook(function: typed, isEnabled: isEnabled.assumingMemoryBound(to: Bool.self), original: typed.pointee)
    }()

    /// Whether the runtime has the hook: a static one need not.
    static var isAvailable: Bool { hook != nil }

    /// Allocations of the calling thread within the body; -1 without the hook. Not for two callers at once.
    static func allocations(_ body: () -> Void) -> Int {
        guard let hook else { return -1 }
        thread = pthread_self()
        count = 0
        hook.function.pointee = { metadata, size, alignmentMask in
            if pthread_equal(pthread_self(), AllocationCounter.thread) != 0 { AllocationCounter.count += 1 }
            return AllocationCounter.hook!.original(metadata, size, alignmentMask)
        }
        hook.isEnabled.pointee = true
        body()
        hook.isEnabled.pointee = false
        hook.function.pointee = hook.original
        return count
    }
}
