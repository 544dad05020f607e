import Glibc
import HTTP

/// Bytes between the socket and the connection, plain or through TLS.
extension Connection {
    enum Received {
        case bytes(Int)
        case nothing
        case end
        case failed
    }

    /// Reads what there is, as far as the buffer takes it.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Received {
        guard let tls else { return receiveRaw(into: buffer) }
        while true {
            switch tls.read(into: buffer) {
            case .bytes(let count): return .bytes(count)
            case .end: return .end
            case .failed: return .failed
            case .needsMore: break
            }
            switch receiveRaw(into: loop.cipherScratch) {
            case .bytes(let count):
                guard tls.put(UnsafeRawBufferPointer(rebasing: loop.cipherScratch[..<count])) else { return .failed }
            case .nothing: return .nothing
            case .end: return .end
            case .failed: return .failed
            }
        }
    }

    private func receiveRaw(into buffer: UnsafeMutableRawBufferPointer) -> Received {
        guard isReadable else { return .nothing }
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 {
                // A short read has emptied the socket. Only an end that was announced must be read to be seen.
                if count < buffer.count, !hasHungUp { isReadable = false }
                return .bytes(count)
            }
            if count == 0 {
                isReadable = false
                return .end
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                isReadable = false
                return .nothing
            default: return .failed
            }
        }
    }

    /// Sends what waits, as far as the socket takes it.
    func flush(_ budget: inout Int) {
        guard phase == .open || phase == .flushing else { return }
        if let tls { flushEncrypted(tls, &budget) } else { flushPlain(&budget) }
        reportFinished()
    }

    private func flushPlain(_ budget: inout Int) {
        while isWritable, budget > 0, let (segment, sentCount, hasMore) = output.next() {
            let count: Int
            switch segment {
            case .bytes(let bytes):
                count = bytes.withUnsafeBytes { send($0[sentCount...], hasMore: hasMore) }
            case .file(let file, let offset, let byteCount):
                var position = off_t(offset) + off_t(sentCount)
                let wanted = min(Int(byteCount) - sentCount, Buffering.fileSliceByteCount)
                count = sendfile(descriptor, file.descriptor, &position, wanted)
                // The file has become shorter than its answer said.
                if count == 0 { return close() }
            }
            guard count > 0 else {
                if noteRefusal() { continue }
                return
            }
            output.advance(count)
            noteSent(count, &budget)
        }
    }

    private func flushEncrypted(_ tls: TLSSession, _ budget: inout Int) {
        while isWritable {
            if !ciphertext.isEmpty {
                guard sendCiphertext(&budget) else { return }
                continue
            }
            let count = tls.take(into: loop.cipherScratch)
            if count > 0 {
                let bytes = UnsafeRawBufferPointer(rebasing: loop.cipherScratch[..<count])
                let sentCount = max(0, send(bytes[...], hasMore: false))
                if sentCount > 0 { noteSent(sentCount, &budget) }
                if sentCount < count {
                    ciphertext = Array(bytes[sentCount...])
                    sentOfCiphertext = 0
                }
                continue
            }
            guard budget > 0, tls.isEstablished, phase == .open || phase == .flushing, encryptNext(tls) else { return }
        }
    }

    /// False where the socket is full or the connection lost.
    private func sendCiphertext(_ budget: inout Int) -> Bool {
        let count = ciphertext.withUnsafeBytes { send($0[sentOfCiphertext...], hasMore: false) }
        guard count > 0 else { return noteRefusal() }
        sentOfCiphertext += count
        if sentOfCiphertext == ciphertext.count { ciphertext = [] }
        noteSent(count, &budget)
        return true
    }

    /// Encrypts some of what waits; false where nothing does or the connection is lost.
    private func encryptNext(_ tls: TLSSession) -> Bool {
        guard let (segment, sentCount, _) = output.next() else { return false }
        let count: Int?
        switch segment {
        case .bytes(let bytes):
            count = bytes.withUnsafeBytes { bytes in
                tls.write(UnsafeRawBufferPointer(rebasing: bytes[sentCount...].prefix(Buffering.turnByteCount / 2)))
            }
        case .file(let file, let offset, let byteCount):
            let wanted = min(Int(byteCount) - sentCount, Buffering.turnByteCount / 2)
            let readCount = pread(
                file.descriptor, loop.scratch.baseAddress, wanted, off_t(offset) + off_t(sentCount))
            count = readCount > 0 ? tls.write(UnsafeRawBufferPointer(rebasing: loop.scratch[..<readCount])) : nil
        }
        guard let count else {
            close()
            return false
        }
        output.advance(count)
        return true
    }

    private func send(_ bytes: Slice<UnsafeRawBufferPointer>, hasMore: Bool) -> Int {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes)
        let flags = Int32(MSG_NOSIGNAL) | (hasMore ? Int32(MSG_MORE) : 0)
        return Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
    }

    /// After a call that sent nothing: true to try again, false where the socket is full or broken.
    private func noteRefusal() -> Bool {
        switch errno {
        case EINTR: return true
        case EAGAIN: isWritable = false
        default: close()
        }
        return false
    }

    private func noteSent(_ count: Int, _ budget: inout Int) {
        budget -= count
        lastSentAt = loop.now
        hasProgressed = true
    }

    /// Reports the exchanges whose last byte has left.
    private func reportFinished() {
        guard !finishing.isEmpty, ciphertext.isEmpty else { return }
        let sentTotal = output.sentTotal
        var count = 0
        while count < finishing.count, finishing[count].end <= sentTotal {
            context.application.finished(finishing[count].record(sentTotal: sentTotal, on: loop))
            count += 1
        }
        if count == finishing.count {
            finishing.removeAll(keepingCapacity: true)
        } else {
            finishing.removeFirst(count)
        }
    }
}
