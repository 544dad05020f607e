import Foundation

/// Writes a line at once, also into a pipe: what a person or a script waits for.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
