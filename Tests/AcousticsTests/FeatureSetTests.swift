import Acoustics
import Testing

@Suite("The feature set")
struct FeatureSetTests {
    @Test("has the 88 published names in their order")
    func names() {
        #expect(FeatureSet.names == PublishedNames.all)
        #expect(Set(FeatureSet.names).count == 88)
    }

    @Test("finds its names again")
    func index() {
        for (index, name) in FeatureSet.names.enumerated() { #expect(FeatureSet.index(of: name) == index) }
        #expect(FeatureSet.index(of: "F4frequency") == nil)
    }

    @Test("makes no vector of another length, and holds no number that is none")
    func vector() {
        #expect(FeatureVector(values: []) == nil)
        let vector = FeatureVector(values: [.nan, .infinity, 1] + Array(repeating: nil, count: 85))
        #expect(vector?.values.prefix(3) == [nil, nil, 1])
    }
}
