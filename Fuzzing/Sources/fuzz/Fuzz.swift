import CFuzzer
import Glibc

/// `fuzz TARGET [options of libFuzzer] [corpus folder]`.
@main enum Fuzz {
    /// Where the target's name goes for the processes that libFuzzer starts itself, to merge or to minimise.
    private static let variable = "FUZZ_TARGET"

    private static let targets: [String: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt] = [
        "head": { HeadTarget.run(bytes($0, $1)) },
        "chunked": { ChunkedTarget.run(bytes($0, $1)) },
        "multipart": { MultipartTarget.run(bytes($0, $1)) },
        "fields": { FieldsTarget.run(bytes($0, $1)) },
        "json": { JSONTarget.run(bytes($0, $1)) },
        "wav": { WAVTarget.run(bytes($0, $1)) },
        "features": { FeaturesTarget.run(bytes($0, $1)) },
        "quality": { QualityTarget.run(bytes($0, $1)) },
    ]

    static func main() {
        var arguments = Array(CommandLine.arguments)
        if arguments.count > 1, targets[arguments[1]] != nil {
            setenv(variable, arguments.remove(at: 1), 1)
        }
        guard let target = getenv(variable).flatMap({ targets[String(cString: $0)] }) else {
            let sentence = "Name a target: \(targets.keys.sorted().joined(separator: ", ")).\n"
            write(STDERR_FILENO, sentence, sentence.utf8.count)
            exit(2)
        }
        var count = CInt(arguments.count)
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        pointers.withUnsafeMutableBufferPointer { pointers in
            var start = pointers.baseAddress
            exit(LLVMFuzzerRunDriver(&count, &start, target))
        }
    }

    private static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }
}
