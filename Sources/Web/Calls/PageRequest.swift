import HTTP
import JSON

/// Which part of a list is asked for.
public struct PageRequest: Sendable {
    /// Most items to send.
    public let limit: Int
    /// The position behind which to begin; nil at the beginning.
    public let after: [String]?
}

extension Call {
    /// The page that `Parameter.page` asks for.
    /// - Parameter valueCount: how many values a cursor of this list has.
    /// - Throws: 404 for a cursor that this list has not given.
    public func page(valueCount: Int = 1) throws(Problem) -> PageRequest {
        let limit = Int(query.integer("limit") ?? 50)
        guard let text = query.string("cursor") else { return PageRequest(limit: limit, after: nil) }
        guard let cursor = Cursor(text: text), cursor.position.count == valueCount else { throw Problem(.unknownCursor) }
        return PageRequest(limit: limit, after: cursor.position)
    }

    /// A page of a list.
    /// - Parameters:
    ///   - items: What was found when one item more than the limit was asked for.
    ///   - cursor: The position of an item.
    public func list<Item>(
        _ items: [Item], of page: PageRequest, cursor: (Item) -> Cursor, json: (Item) -> JSON
    ) -> Response {
        list(Array(items.prefix(page.limit)), hasMore: items.count > page.limit, cursor: cursor, json: json)
    }

    /// A page of a list that is cut already.
    /// - Parameter more: Members of the answer beside those of every list.
    public func list<Item>(
        _ items: [Item], hasMore: Bool, cursor: (Item) -> Cursor, json: (Item) -> JSON, more: JSONObject = [:]
    ) -> Response {
        let next = hasMore ? items.last.map(cursor) : nil
        var answer: JSONObject = [
            "data": .array(items.map(json)), "next_cursor": .orNull(next?.text), "has_more": .bool(next != nil),
        ]
        for member in more { answer[member.key] = member.value }
        var response = Response.json(200, .object(answer))
        if let next { response.fields["Link"] = "<\(target(with: next))>; rel=\"next\"" }
        return response
    }

    /// The request's own target with another cursor (RFC 8288).
    private func target(with cursor: Cursor) -> String {
        let kept = (request.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }
        return request.path + "?" + (kept + ["cursor=\(cursor.text)"]).joined(separator: "&")
    }
}
