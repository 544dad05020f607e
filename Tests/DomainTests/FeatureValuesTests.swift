import Domain
import Testing

@Suite struct FeatureValuesTests {
    @Test func `values come back as they were, and what is no number as not measurable`() {
        let values: [Float?] = [0, -1.5, nil, .greatestFiniteMagnitude, .leastNonzeroMagnitude]
        let kept = FeatureValues(featureSet: "set 1", values: values)
        #expect(kept.bytes.count == 20 && kept.bytes[4...7] == [0x00, 0x00, 0xC0, 0xBF])
        #expect(FeatureValues(featureSet: "set 1", bytes: kept.bytes).values == values)
        #expect(FeatureValues(featureSet: "set 1", values: [.nan, .infinity]).values == [nil, nil])
        #expect(FeatureValues(featureSet: "set 1", bytes: [1, 2, 3]).values.isEmpty)
    }
}
