import Foundation
import Glibc
import TestSupport
import Testing

/// What the other tests rest on: children that inherit nothing but what they are given.
@Suite struct ChildTests {
    @Test func `a child has the descriptors that it was given, and no other`() throws {
        // Open in the test, and not closed by the exec.
        let open = dup(0)
        defer { close(open) }
        let listing = try Child.run("/bin/sh", ["-c", "ls /proc/$$/fd"])
        #expect(listing.output.split(separator: "\n") == ["0", "1", "2"])
        let pipe = Pipe()
        let child = try Child(
            "/bin/sh", ["-c", "ls /proc/$$/fd; echo passed >&3"], passed: pipe.fileHandleForWriting.fileDescriptor)
        try pipe.fileHandleForWriting.close()
        #expect(child.wait() == 0)
        #expect(pipe.fileHandleForReading.readDataToEndOfFile() == Data("passed\n".utf8))
    }

    @Test func `its end is its code, or the signal that ended it`() throws {
        #expect(try Child.run("/bin/sh", ["-c", "echo out; echo wrong >&2; exit 7"]) == ("out\n", "wrong\n", 7))
        let child = try Child("sleep", ["600"])
        child.signal(SIGTERM)
        #expect(child.wait() == -SIGTERM)
        #expect(throws: Child.Failure.self) { try Child("/no/such/program", []) }
    }

    @Test func `one that is let go is ended`() throws {
        var child: Child? = try Child("sleep", ["600"])
        let processID = try #require(child?.processID)
        #expect(kill(processID, 0) == 0)
        child = nil
        #expect(kill(processID, 0) == -1 && errno == ESRCH)
    }
}
