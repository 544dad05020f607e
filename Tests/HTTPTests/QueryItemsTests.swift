import HTTP
import Testing

@Suite struct QueryItemsTests {
    @Test func `pairs keep their order, plus is a space, and both sides are decoded`() throws {
        let request = Request(method: .get, target: "", path: "/", query: "a=1+2&b&%C3%A9=%3D&a=3&&c==")
        let items = try request.queryItems()
        #expect(items.all.map { "\($0.name):\($0.value)" } == ["a:1 2", "b:", "é:=", "a:3", "c:="])
        #expect(items["a"] == "1 2")
        #expect(items.values("a") == ["1 2", "3"])
        #expect(items["z"] == nil)
    }

    @Test(arguments: ["a=%", "a=%1", "a=%zz", "%FF=1", "a=%C3%28", "a=%00"])
    func `a broken encoding is 400`(_ query: String) {
        #expect(throws: RequestFailure.self) { try QueryItems(parsing: query) }
    }
}
