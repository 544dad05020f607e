import AudioFiles
import Foundation

/// A file's name as a text. The system's names are bytes, and not all of them are UTF-8: a byte that is none is held as a
/// scalar of the last private plane, so that a name goes through lists, arguments and back to the system unharmed.
struct FileName: Sendable, Equatable {
    /// With private scalars.
    let held: String

    init(_ held: String) { self.held = held }

    /// Where bytes from 0x80 on are held.
    private static let privateBase: UInt32 = 0x10FE00
    private static let privateRange: ClosedRange<UInt32> = 0x10FE80...0x10FEFF

    /// The arguments of the program, without its own name.
    static var arguments: [String] {
        (1..<max(1, Int(CommandLine.argc))).compactMap { index in
            CommandLine.unsafeArgv[index].map { pointer in
                text(UnsafeRawBufferPointer(start: pointer, count: strlen(pointer)))
            }
        }
    }

    /// Bytes as a text from which they can be had again.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        var parser = Unicode.UTF8.ForwardParser()
        var (iterator, place) = (bytes.makeIterator(), bytes.startIndex)
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                scalars.append(Unicode.UTF8.decode(encoded))
                place = bytes.index(place, offsetBy: encoded.count)
            case .error(let length):
                let end = bytes.index(place, offsetBy: length)
                for byte in bytes[place..<end] { scalars.append(Unicode.Scalar(privateBase + UInt32(byte))!) }
                place = end
            case .emptyInput: return String(scalars)
            }
        }
    }

    /// For people and documents: a byte that is no UTF-8 as \xE4.
    var shown: String {
        held.unicodeScalars.reduce(into: "") { text, scalar in
            if let byte = Self.byte(scalar) {
                text += "\\x" + String(byte, radix: 16, uppercase: true)
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
    }

    /// Gives a path that opens the file: its name, or where that is no text, one of an open descriptor.
    func withPath<Result>(_ body: (String) throws(AudioFileError) -> Result) throws(AudioFileError) -> Result {
        guard held.unicodeScalars.contains(where: { Self.byte($0) != nil }) else { return try body(held) }
        let descriptor = open(bytes.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        return try body("/proc/self/fd/\(descriptor)")
    }

    /// As the system has it.
    private var bytes: [UInt8] {
        held.unicodeScalars.flatMap { scalar in Self.byte(scalar).map { [$0] } ?? Array(UTF8.encode(scalar)!) }
    }

    private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
        privateRange.contains(scalar.value) ? UInt8(scalar.value - privateBase) : nil
    }
}
