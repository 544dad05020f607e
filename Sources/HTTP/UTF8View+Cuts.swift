/// Cuts of text at bytes. Fields are cut here and nowhere by `Character`: an accent that follows a separator would join it
/// to one character, and hide it.
extension Substring.UTF8View {
    /// What stands before and behind the first such byte, nil without one.
    func cut(at byte: UInt8) -> (before: Substring.UTF8View, behind: Substring.UTF8View)? {
        guard let index = firstIndex(of: byte) else { return nil }
        return (self[..<index], self[self.index(after: index)...])
    }

    /// Without spaces and tabs at both ends.
    func trimmingBlanks() -> Substring.UTF8View {
        var bytes = drop { Octets.isBlank($0) }
        while let last = bytes.last, Octets.isBlank(last) { bytes = bytes.dropLast() }
        return bytes
    }
}
