import Crypto
import TestSupport
import Testing

/// The registry of models as another program would have left it: what `model add` refuses, too.
enum Registry {
    /// What a program of the future may write.
    static let newerModel = #"{"format":"fairvoice-emotion-model","format_version":1000}"#

    /// Writes a model past the program, under an id that sorts and is shown as any other.
    static func put(_ id: String, _ file: String, in folder: String) throws {
        try run(
            "INSERT INTO emotion_model (id, sha256, file, added_at) VALUES (?, ?, CAST(? AS BLOB), 1000)",
            [id, Hex.encode(SHA256.hash(file.utf8)), file], in: folder)
    }

    /// Puts a model in force past the program.
    static func activate(_ id: String, in folder: String) throws {
        try run("INSERT INTO model_activation (model, activated_at) VALUES (?, 1000)", [id], in: folder)
    }

    private static func run(_ sql: String, _ values: [String], in folder: String) throws {
        let script = """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1] + "/fairvoice.sqlite3")
            db.execute(sys.argv[2], sys.argv[3:])
            db.commit()
            """
        let ended = try Child.run("/usr/bin/env", ["python3", "-c", script, folder, sql] + values)
        try #require(ended.code == 0, "\(ended.error)")
    }
}
