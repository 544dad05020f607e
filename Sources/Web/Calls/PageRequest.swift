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
        return linked(.json(200, .object(answer)), to: next)
    }

    /// A page of a list that is cut already, written at once.
    func list<Item: JSONWritable>(_ items: [Item], hasMore: Bool, cursor: (Item) -> Cursor) -> Response {
        let page = ListedPage(items: items, next: hasMore ? items.last.map(cursor) : nil)
        return linked(.json(200, page), to: page.next)
    }

    /// The answer, with a link to the next page where there is one.
    func linked(_ response: Response, to next: Cursor?) -> Response {
        guard let next else { return response }
        var response = response
        response.fields["Link"] = "<\(target(with: next))>; rel=\"next\""
        return response
    }

    /// The request's own target with another cursor (RFC 8288).
    private func target(with cursor: Cursor) -> String {
        let kept = (request.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }
        return request.path + "?" + (kept + ["cursor=\(cursor.text)"]).joined(separator: "&")
    }
}

/// The members of every list.
struct ListedPage<Item: JSONWritable>: JSONDescribed {
    let items: [Item]
    let next: Cursor?

    static func describe(_ members: inout some JSONMembers<ListedPage>) {
        members.required("data", .array(of: .anything, 0...200), "The items, in the order of the list") { $0.items }
        members.required("next_cursor", .nullable(.text(.cursor)), "What `cursor` asks for the next page") { $0.next?.text }
        members.required("has_more", .boolean, "Whether there is a next page") { $0.next != nil }
    }
}
