import Domain
import Ledger
import Storage

extension Marketplace {
    /// A contributor's year in sums, from the books: every movement counts in exactly one sum of its month (UTC).
    public func summariseYear(_ year: Int64, for contributor: ID<Contributor>, in db: Connection) throws -> YearSummary {
        let currency = try currentRateCard(in: db).card.currency
        let owner = OwnBooks.contributor(contributor.text)
        let books = Books(db)
        let through = try books.transactionCount()
        func firstDay(_ month: Int64) -> Timestamp { Timestamp(rfc3339: CalendarDate.firstDay(of: month, year).description)! }
        var balance = try -books.opening(
            of: owner, currency, before: .init(from: firstDay(1), to: nil, through: through)
        ).values.reduce(0, +)
        let months = try (Int64(1)...12).map { month -> YearSummary.Sums in
            let stretch = Books.Stretch(from: firstDay(month), to: firstDay(month + 1), through: through)
            var sums = YearSummary.Sums()
            sums.opening = balance
            var last: OwnMovement?
            var hasMore = true
            while hasMore {
                let page = try books.movements(of: owner, currency, in: stretch, after: last, limit: 1000)
                for movement in page.rows { try sums.add(movement, of: contributor, in: db) }
                last = page.rows.last
                hasMore = page.hasMore
            }
            balance = sums.opening + sums.earned - sums.paidOut - sums.withheldTax + sums.returned + sums.other
            sums.closing = balance
            return sums
        }
        return YearSummary(year: year, currency: currency, months: months)
    }
}

extension CalendarDate {
    /// The first day of a month; the thirteenth is January of the next year.
    fileprivate static func firstDay(of month: Int64, _ year: Int64) -> CalendarDate {
        let (year, month) = month > 12 ? (year + 1, 1) : (year, month)
        return CalendarDate("\(year)-\(month < 10 ? "0" : "")\(month)-01")!
    }
}

extension YearSummary.Sums {
    fileprivate mutating func add(_ movement: OwnMovement, of contributor: ID<Contributor>, in db: Connection) throws {
        let id = contributor.text
        let gain = movement.gain(of: .available(contributor: id)) + movement.gain(of: .reserved(contributor: id))
        switch movement.kind {
        case .recordingAccepted:
            let premium = try Earnings.premium(ofEntry: movement.transaction, in: db)
            premiums += premium
            recordings += gain - premium
        case .licenceGranted:
            let royalty = try Royalties.total(of: contributor, entry: movement.transaction, in: db)
            royalties += royalty
            reviews += gain - royalty
        case .reviewAccepted: reviews += gain
        case .floorTopUp: topUps += gain
        case .payoutReserved, .payoutVoided: other += gain
        case .payoutSent:
            withheldTax += movement.taxWithheld
            paidOut += -gain - movement.taxWithheld
        case .payoutFailed, .payoutReturned:
            withheldTax += movement.taxWithheld
            returned += gain + movement.taxWithheld
        default: other += gain
        }
    }
}
