import CSndfile
import Glibc

/// Part of a file, as libsndfile reads it through callbacks: from an offset to the end, no more often than a decoder has
/// reason to, and no more at a time than memory has room for.
final class DecoderInput {
    /// Where the decoder stands.
    private(set) var position: Int64 = 0
    let byteCount: Int64
    /// What the disk answered, if not bytes.
    private(set) var failure: AudioFileError?
    /// Whether the decoder wanted more bytes without sound than it may; it finds the end of the file from then on.
    private(set) var isExhausted = false

    private let file: FileBytes
    private let offset: Int64
    private let hidesEnd: Bool
    private var budget: Int64
    private let soundlessByteCountMax: Int64
    private var allowance: Int64

    /// How many times over a decoder may read the file: to look for its length, and to decode. A decoder that wants more
    /// runs in circles, and finds the end of the file.
    private static let readingsMax: Int64 = 8
    private static let freeByteCount: Int64 = 64 << 20

    /// What to say of a file that exhausts its input.
    var refusal: AudioFileError { Self.refusal(byteCountMax: soundlessByteCountMax) }

    static func refusal(byteCountMax: Int64) -> AudioFileError {
        .unsupported(
            format: "files with more than \(byteCountMax >> 20) MB of tags, pictures or other data in one place",
            instead: "it without them")
    }

    /// - Parameters:
    ///   - hidesEnd: whether the decoder can't move to the end, so that it does not guess a length from it.
    ///   - soundlessByteCountMax: how many bytes it may read before the first sound, and from one sound to the next.
    init(_ file: FileBytes, from offset: Int64, hidesEnd: Bool, soundlessByteCountMax: Int64) {
        self.file = file
        self.offset = offset
        self.hidesEnd = hidesEnd
        self.soundlessByteCountMax = soundlessByteCountMax
        allowance = soundlessByteCountMax
        byteCount = max(0, file.byteCount - offset)
        budget = byteCount * Self.readingsMax + Self.freeByteCount
    }

    /// The decoder has made sound of what it read, and may read on.
    func renewAllowance() { allowance = soundlessByteCountMax }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let wanted = Int(clamping: min(Int64(buffer.count), byteCount - position, budget))
        isExhausted = isExhausted || wanted > allowance
        guard wanted > 0, !isExhausted else { return 0 }
        do throws(AudioFileError) {
            let count = try file.read(at: offset + position, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
            position += Int64(count)
            budget -= Int64(count)
            allowance -= Int64(count)
            return count
        } catch {
            failure = error
            return 0
        }
    }

    /// Moves to a place inside the part; -1, and no move, elsewhere.
    func seek(_ distance: Int64, _ whence: Int32) -> Int64 {
        guard !hidesEnd || whence != SEEK_END else { return -1 }
        let base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? position : byteCount
        let (target, isTooFar) = base.addingReportingOverflow(distance)
        guard !isTooFar, (0...byteCount).contains(target) else { return -1 }
        position = target
        return target
    }

    /// The callbacks; `user_data` must be a `DecoderInput` that outlives the decoder.
    static let callbacks = SF_VIRTUAL_IO(
        get_filelen: { DecoderInput.at($0)?.byteCount ?? -1 },
        seek: { DecoderInput.at($2)?.seek($0, $1) ?? -1 },
        read: { bytes, count, input in
            guard count > 0 else { return 0 }
            return Int64(DecoderInput.at(input)?.read(into: UnsafeMutableRawBufferPointer(start: bytes, count: Int(count))) ?? 0)
        },
        write: { _, _, _ in 0 },
        tell: { DecoderInput.at($0)?.position ?? -1 })

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> DecoderInput? {
        pointer.map { Unmanaged<DecoderInput>.fromOpaque($0).takeUnretainedValue() }
    }
}
