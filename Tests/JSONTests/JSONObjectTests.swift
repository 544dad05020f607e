import JSON
import Testing

@Suite struct JSONObjectTests {
    @Test func `equality ignores order`() {
        #expect(["a": 1, "b": 2] as JSON == ["b": 2, "a": 1])
        #expect(["a": 1] as JSON != ["a": 2])
        #expect(["a": 1] as JSON != ["a": 1, "b": 2])
    }

    @Test(arguments: [3, 8, 9, 40])
    func `members are found, replaced and removed at any size`(count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["k\(index)"] = .count(index) }
        object["k1"] = "new"
        object["k0"] = nil
        #expect(object.insert(1, at: "k2") == false)
        #expect(object.count == count - 1)
        #expect(object.first == JSONObject.Member(key: "k1", value: "new"))
        #expect(object["k0"] == nil)
        #expect((2..<count).allSatisfy { object["k\($0)"] == .count($0) })
        object["k0"] = true
        #expect(object.keys.last == "k0")
        #expect(object["k0"] == true)
    }

    @Test func `pointers name places`() throws {
        let json: JSON = ["a": [1, ["b/c": 2, "~": 3]], "": 4]
        #expect(json[try #require(JSONPointer("/a/1/b~1c"))] == 2)
        #expect(json[try #require(JSONPointer("/a/1/~0"))] == 3)
        #expect(json[try #require(JSONPointer("/"))] == 4)
        #expect(json[.root] == json)
        #expect(json[try #require(JSONPointer("/a/01"))] == nil)
        #expect(json[try #require(JSONPointer("/a/2"))] == nil)
        #expect(JSONPointer("a") == nil)
        #expect(JSONPointer("/~2") == nil)
        #expect(JSONPointer("/a/1/b~1c")?.description == "/a/1/b~1c")
    }
}
