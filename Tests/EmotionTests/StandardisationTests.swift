import Emotion
import Testing

@Suite struct StandardisationTests {
    @Test func `every feature gets mean 0 and deviation 1, and what is missing the mean`() {
        let standardisation = Standardisation([[1, 10], [3, nil], [5, 30]], featureCount: 2)
        #expect(standardisation.means == [3, 20])
        #expect(standardisation.apply([3, 30]) == [0, 1])
        #expect(standardisation.apply([nil, .nan]) == [0, 0])
    }

    @Test func `a constant or unmeasured feature says nothing`() {
        let standardisation = Standardisation([[7.1, nil], [7.1, nil], [7.1, nil]], featureCount: 2)
        #expect(standardisation.deviations == [1, 1])
        #expect(abs(standardisation.apply([7.1, 4])[0]) < 1e-6)
    }

    @Test func `what lies far out is cut`() {
        let standardisation = Standardisation([[0], [2]], featureCount: 1)
        #expect(standardisation.apply([1e30]) == [Standardisation.limit])
        #expect(standardisation.apply([-1e30]) == [-Standardisation.limit])
    }
}
