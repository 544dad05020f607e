/// What must hold for every input; libFuzzer keeps the input that shows otherwise.
func property(_ holds: @autoclosure () -> Bool, _ sentence: @autoclosure () -> String) {
    if !holds() { fatalError(sentence()) }
}

/// What libFuzzer wants to hear: that the input was of use, or that the corpus needs it not.
enum Verdict {
    static let kept: CInt = 0
    static let useless: CInt = -1
}
