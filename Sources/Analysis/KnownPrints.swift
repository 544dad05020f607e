import Acoustics
import Domain
import Market
import Storage
import Synchronization

/// The prints of all recordings that were accepted in memory, in step with the database: read at the start, and each further one claimed before
/// the transaction that decides its recording.
///
/// The look-up takes place before the writer's turn, which is for what only the writer can do. Claims that resemble each
/// other are told of each other, so that of two copies that are measured at once the one decided second knows of the first.
final class KnownPrints: Sendable {
    private struct State: ~Copyable {
        var index = PrintIndex()
        /// By the index's numbers: the 128 bits of the recording's id.
        var recordings: [UInt128] = []
        /// What sounds like the recordings that are being decided.
        var claims: [ID<Recording>: [Likeness]] = [:]

        mutating func insert(_ kept: KeptPrint, of bits: UInt128) {
            _ = index.insert(kept)
            recordings.append(bits)
        }
    }

    private let state = Mutex(State())

    /// Forgets everything and reads what the database holds. A million prints of 3 s take some seconds.
    ///
    /// - Returns: how many there are.
    func load(from db: Connection) throws -> Int {
        let expectedCount = try RecordingPrints.byteCount(version: Print.version, in: db) / 4
        state.withLock {
            $0 = State()
            $0.index = PrintIndex(expectedCount: expectedCount)
        }
        try RecordingPrints.forEach(version: Print.version, in: db) { recording, print in
            guard let kept = KeptPrint(bytes: print.bytes), let bits = recording.bits else { return }
            state.withLock { $0.insert(kept, of: bits) }
        }
        return state.withLock { $0.recordings.count }
    }

    /// Takes the print of a decided recording.
    func insert(_ kept: KeptPrint, of recording: ID<Recording>) {
        guard let bits = recording.bits else { return }
        state.withLock { $0.insert(kept, of: bits) }
    }

    /// Reads the print of a recording that was accepted on appeal.
    func insert(_ recording: ID<Recording>, from db: Connection) throws {
        guard let print = try RecordingPrints.find(recording, in: db), print.version == Print.version,
            let kept = KeptPrint(bytes: print.bytes)
        else { return }
        insert(kept, of: recording)
    }

    /// Takes the print of a recording that is about to be decided, and finds what sounds like it.
    func claim(_ print: Print, of recording: ID<Recording>) {
        guard let bits = recording.bits else { return }
        let kept = print.kept
        state.withLock { state in
            let likenesses = state.index.matches(of: print).map { number, match in
                Likeness(
                    recording: ID(bits: state.recordings[number]),
                    bitErrorThousandths: Int64((match.bitError * 1000).rounded()))
            }
            .filter { $0.recording != recording }
            state.insert(kept, of: bits)
            state.claims[recording] = likenesses
            for likeness in likenesses {
                state.claims[likeness.recording]?.append(
                    Likeness(recording: recording, bitErrorThousandths: likeness.bitErrorThousandths))
            }
        }
    }

    /// What is known by now to sound like a claimed recording, the most alike first.
    func likenesses(ofClaimed recording: ID<Recording>) -> [Likeness] {
        state.withLock { $0.claims[recording] ?? [] }.sorted { $0.bitErrorThousandths < $1.bitErrorThousandths }
    }

    /// Ends a claim; the print of a recording that was not accepted is forgotten, or many rejected copies could hide the one
    /// that they repeat. One that is accepted on appeal is read again.
    func settle(_ recording: ID<Recording>, isAccepted: Bool) {
        state.withLock { _ = $0.claims.removeValue(forKey: recording) }
        if !isAccepted { remove(recording) }
    }

    /// Forgets the prints of a recording.
    private func remove(_ recording: ID<Recording>) {
        guard let bits = recording.bits else { return }
        state.withLock { state in
            for number in state.recordings.indices where state.recordings[number] == bits { state.index.remove(number) }
        }
    }
}
