import Foundation

/// Speech corpora and odd files that are not part of the repository. Tests that need them are skipped where
/// `FAIRVOICE_TEST_DATA` names no folder: `@Test(.enabled(if: TestData.has("speech/emodb")))`.
public enum TestData {
    /// The folder, nil where there is none.
    public static let folder: URL? = {
        guard let path = ProcessInfo.processInfo.environment["FAIRVOICE_TEST_DATA"], !path.isEmpty else { return nil }
        return URL(fileURLWithPath: path, isDirectory: true)
    }()

    /// Whether a file or folder of this relative path is there.
    public static func has(_ path: String) -> Bool {
        guard let folder else { return false }
        return FileManager.default.fileExists(atPath: folder.appending(path: path).path)
    }

    /// The address of a file that `has` found.
    public static func url(_ path: String) -> URL {
        guard let folder else { preconditionFailure("FAIRVOICE_TEST_DATA is not set") }
        return folder.appending(path: path)
    }
}
