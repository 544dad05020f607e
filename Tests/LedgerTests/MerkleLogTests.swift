import Crypto
import Ledger
import TestSupport
import Testing

/// The tree against the published vectors of Certificate Transparency and against the recursion of RFC 6962.
struct MerkleLogTests {
    /// The eight leaves of the reference implementation's test.
    static let leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].map { Hex.decode($0)! }

    static let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    struct Vector: Sendable {
        /// A place from 0, or the smaller size.
        let first: Int64
        let second: Int64
        let path: [String]
    }

    static let inclusions = [
        Vector(first: 0, second: 1, path: []),
        Vector(
            first: 0, second: 8,
            path: [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]),
        Vector(
            first: 5, second: 8,
            path: [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]),
        Vector(first: 2, second: 3, path: ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        Vector(
            first: 1, second: 5,
            path: [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]),
    ]

    static let consistencies = [
        Vector(first: 1, second: 1, path: []),
        Vector(first: 1, second: 8, path: inclusions[1].path),
        Vector(
            first: 6, second: 8,
            path: [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]),
        Vector(
            first: 2, second: 5,
            path: [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]),
    ]

    @Test func theEmptyTreeHasTheHashOfNothing() {
        let root = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(Hex.encode(MerkleFrontier().root) == root)
        #expect(Hex.encode(MerkleLog.root(size: 0) { _ in [] }) == root)
    }

    @Test func rootsAreThePublishedOnes() {
        let grown = GrownLog(Self.leaves.map(MerkleLog.leafHash))
        #expect(grown.roots.dropFirst().map { Hex.encode($0) } == Self.roots)
        for size in 1...8 { #expect(Hex.encode(MerkleLog.root(size: Int64(size), nodes: grown.node)) == Self.roots[size - 1]) }
    }

    @Test(arguments: inclusions) func inclusionPathsAreThePublishedOnes(_ vector: Vector) {
        let grown = GrownLog(Self.leaves.map(MerkleLog.leafHash))
        let path = MerkleLog.inclusionPath(of: vector.first, size: vector.second, nodes: grown.node)
        #expect(path.map { Hex.encode($0) } == vector.path)
        let hash = MerkleLog.leafHash(Self.leaves[Int(vector.first)])
        let root = Hex.decode(Self.roots[Int(vector.second) - 1])!
        #expect(MerkleLog.isIncluded(hash, at: vector.first, size: vector.second, path: path, root: root))
    }

    @Test(arguments: consistencies) func consistencyPathsAreThePublishedOnes(_ vector: Vector) {
        let grown = GrownLog(Self.leaves.map(MerkleLog.leafHash))
        let path = MerkleLog.consistencyPath(first: vector.first, second: vector.second, nodes: grown.node)
        #expect(path.map { Hex.encode($0) } == vector.path)
    }

    /// Every size to 300 beside the recursion: roots, some paths of each kind, and a broken one of each that is refused.
    @Test func everySizeAgreesWithTheRecursion() throws {
        var random = SeededRandom(seed: 0x5EED_1066)
        let hashes = (0..<300).map { MerkleLog.leafHash(Array("leaf \($0)".utf8)) }
        let grown = GrownLog(hashes)
        for size in 1...300 {
            let root = Recursion.root(hashes[..<size])
            #expect(grown.roots[size] == root)
            #expect(MerkleLog.root(size: Int64(size), nodes: grown.node) == root)
            for index in Set([0, size - 1, .random(in: 0..<size, using: &random), .random(in: 0..<size, using: &random)]) {
                checkInclusion(of: index, size, hashes, grown, &random)
            }
            for first in Set([1, size, .random(in: 1...size, using: &random), .random(in: 1...size, using: &random)]) {
                checkConsistency(first, size, hashes, grown, &random)
            }
        }
    }

    private func checkInclusion(
        of index: Int, _ size: Int, _ hashes: [[UInt8]], _ grown: GrownLog, _ random: inout SeededRandom
    ) {
        let path = MerkleLog.inclusionPath(of: Int64(index), size: Int64(size), nodes: grown.node)
        #expect(path == Recursion.path(index, hashes[..<size]))
        func holds(_ hash: [UInt8], _ index: Int, _ size: Int, _ path: [[UInt8]]) -> Bool {
            MerkleLog.isIncluded(hash, at: Int64(index), size: Int64(size), path: path, root: grown.roots[size])
        }
        #expect(holds(hashes[index], index, size, path))
        #expect(!holds(hashes[index].flipped(&random), index, size, path))
        #expect(!holds(hashes[index], size, size, path) && !holds(hashes[index], -1, size, path))
        #expect(!holds(hashes[index], index, size, path + [hashes[0]]))
        guard size > 1 else { return }
        #expect(!holds(hashes[index], (index + 1) % size, size, path))
        #expect(!holds(hashes[index], index, size, path.dropLast()))
        #expect(!holds(hashes[index], index, size, path.reversed()) || path.count == 1)
        for place in path.indices {
            var broken = path
            broken[place] = broken[place].flipped(&random)
            #expect(!holds(hashes[index], index, size, broken))
        }
    }

    private func checkConsistency(
        _ first: Int, _ second: Int, _ hashes: [[UInt8]], _ grown: GrownLog, _ random: inout SeededRandom
    ) {
        let path = MerkleLog.consistencyPath(first: Int64(first), second: Int64(second), nodes: grown.node)
        #expect(path == Recursion.consistency(first, hashes[..<second]))
        func holds(_ old: [UInt8], _ new: [UInt8], _ path: [[UInt8]], first: Int = first) -> Bool {
            MerkleLog.isConsistent(first: Int64(first), firstRoot: old, second: Int64(second), secondRoot: new, path: path)
        }
        let (old, new) = (grown.roots[first], grown.roots[second])
        #expect(holds(old, new, path))
        #expect(!holds(old.flipped(&random), new, path) && !holds(old, new.flipped(&random), path))
        #expect(
            !holds(old, new, path + [hashes[0]]) && !holds(old, new, path, first: 0) && !holds(old, new, path, first: second + 1))
        for place in path.indices {
            var broken = path
            broken[place] = broken[place].flipped(&random)
            #expect(!holds(old, new, broken))
            broken.remove(at: place)
            #expect(!holds(old, new, broken))
        }
    }
}

/// A log grown leaf by leaf, with all that it remembers.
private struct GrownLog {
    private var nodes: [MerkleLog.Node: [UInt8]] = [:]
    /// By size.
    private(set) var roots: [[UInt8]] = []

    init(_ hashes: [[UInt8]]) {
        var frontier = MerkleFrontier()
        roots.append(frontier.root)
        for (index, hash) in hashes.enumerated() {
            for (level, node) in frontier.append(hash).enumerated() {
                nodes[MerkleLog.Node(level: level, index: Int64(index >> level))] = node
            }
            roots.append(frontier.root)
        }
    }

    func node(_ node: MerkleLog.Node) -> [UInt8] { nodes[node]! }
}

/// RFC 6962 section 2.1 word for word.
private enum Recursion {
    static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard leaves.count > 1 else { return leaves.first ?? SHA256.hash([]) }
        let middle = leaves.startIndex + split(leaves.count)
        return SHA256.hash([1] + root(leaves[..<middle]) + root(leaves[middle...]))
    }

    static func path(_ m: Int, _ leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
        guard leaves.count > 1 else { return [] }
        let k = split(leaves.count)
        let middle = leaves.startIndex + k
        return m < k
            ? path(m, leaves[..<middle]) + [root(leaves[middle...])] : path(m - k, leaves[middle...]) + [root(leaves[..<middle])]
    }

    static func consistency(_ m: Int, _ leaves: ArraySlice<[UInt8]>, isWhole: Bool = true) -> [[UInt8]] {
        guard m != leaves.count else { return isWhole ? [] : [root(leaves)] }
        let k = split(leaves.count)
        let middle = leaves.startIndex + k
        return m <= k
            ? consistency(m, leaves[..<middle], isWhole: isWhole) + [root(leaves[middle...])]
            : consistency(m - k, leaves[middle...], isWhole: false) + [root(leaves[..<middle])]
    }

    private static func split(_ count: Int) -> Int {
        var k = 1
        while 2 * k < count { k *= 2 }
        return k
    }
}

extension [UInt8] {
    /// With one bit changed.
    fileprivate func flipped(_ random: inout SeededRandom) -> [UInt8] {
        var copy = self
        copy[Int.random(in: 0..<count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        return copy
    }
}
