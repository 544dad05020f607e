/// The smoothing that every contour goes through.
enum Contour {
    /// The mean of every frame that counts and of its neighbours that count; NaN for the others. A frame counts where its value
    /// is a number and its flag is the wanted one, so that nothing smears over a border.
    static func smoothed(_ values: [Float], where flags: [Bool]? = nil, equal wanted: Bool = true) -> [Float] {
        func counts(_ index: Int) -> Bool { !values[index].isNaN && (flags == nil || flags![index] == wanted) }
        var result = [Float](repeating: .nan, count: values.count)
        for index in values.indices where counts(index) {
            var sum = values[index]
            var count: Float = 1
            if index > 0, counts(index - 1) {
                sum += values[index - 1]
                count += 1
            }
            if index + 1 < values.count, counts(index + 1) {
                sum += values[index + 1]
                count += 1
            }
            result[index] = sum / count
        }
        return result
    }

    /// Values without the frames that have none.
    static func numbers(_ values: [Float]) -> [Float] { values.filter { !$0.isNaN } }
}
