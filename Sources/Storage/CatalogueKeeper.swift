import Domain
import GRDB
import Synchronization

/// Keeps the catalogue's index in step with the database, and says when it is not (docs/decisions/0017).
///
/// The index is of one state of the catalogue's tables. A transaction is answered from it only if it sees that state; a commit leaves
/// its change here before it ends, and whoever sees the new state first enters it. A state that no commit of this process led to is
/// another program's work: the index is dropped and built anew, and SQL answers meanwhile.
final class CatalogueKeeper: Sendable {
    /// Answers that are kept until the catalogue changes.
    static let answerCountMax = 4096
    /// Recordings on pages that are kept until the catalogue changes; each takes about half a kilobyte.
    static let keptRowCountMax = 32_768

    enum Answer {
        case counts(CatalogueCounts)
        /// The transaction sees a state before or after the index's.
        case moved
        case noIndex
    }

    private struct Question: Hashable {
        let query: CatalogueQuery
        let facets: [CatalogueFacet]
    }

    private struct PageQuestion: Hashable {
        let query: CatalogueQuery
        let after: String?
        let limit: Int

        init(_ query: CatalogueQuery, _ page: PageRequest) {
            self.query = query
            after = page.after
            limit = page.limit
        }
    }

    private struct Kept {
        var index: CatalogueIndex?
        /// What the index is of; while one is built, what the last commit of this process led to.
        var state: CatalogueState?
        /// Of a commit that is under way, or just over.
        var pending: (state: CatalogueState, change: CatalogueChange)?
        /// Changes since the building began; nil while nothing is built.
        var journal: [CatalogueChange]?
        var answers: [Question: CatalogueCounts] = [:]
        /// Of the same queries, whatever facets were asked for: what a question without facets wants.
        var totals: [CatalogueQuery: CatalogueCount] = [:]
        var pages: [PageQuestion: Page<Catalogue.Entry>] = [:]
        var keptRowCount = 0
        var generation = 0

        func answer(_ question: Question) -> CatalogueCounts? {
            guard question.facets.isEmpty else { return answers[question] }
            return totals[question.query].map { CatalogueCounts(total: $0, parts: [:]) }
        }

        mutating func keep(_ counts: CatalogueCounts, for question: Question) {
            if answers.count >= CatalogueKeeper.answerCountMax || totals.count >= CatalogueKeeper.answerCountMax {
                answers = [:]
                totals = [:]
            }
            totals[question.query] = counts.total
            if !question.facets.isEmpty { answers[question] = counts }
        }

        mutating func forgetAnswers() {
            answers = [:]
            totals = [:]
            forgetPages()
            generation += 1
        }

        mutating func forgetPages() {
            pages = [:]
            keptRowCount = 0
        }

        mutating func drop() {
            index = nil
            state = nil
            pending = nil
            forgetAnswers()
        }

        /// Enters what a commit has left if that led to this state.
        mutating func come(to state: CatalogueState) {
            if let pending, pending.state == state { enterPending() }
        }

        mutating func enterPending() {
            guard let (newState, change) = pending else { return }
            pending = nil
            state = newState
            guard !change.isEmpty else { return }
            journal?.append(change)
            forgetAnswers()
            do { try index.apply(change) } catch { drop() }
        }
    }

    private let kept = Mutex(Kept())

    /// Called as a transaction of the writer begins.
    func begin(in db: Connection) throws {
        guard kept.withLock({ $0.state != nil }) else { return }
        let state = try CatalogueState(in: db)
        kept.withLock { kept in
            kept.enterPending()
            if kept.state != state { kept.drop() }
        }
    }

    /// Called as the last thing in a transaction of the writer.
    func end(in db: Connection) throws {
        let notes = try CatalogueTouches.take(from: db)
        guard let before = kept.withLock({ $0.state }) else { return }
        guard let after = try CatalogueState(in: db), after != before else { return }
        let change = try CatalogueChange(notes, in: db)
        kept.withLock { $0.pending = (after, change) }
    }

    /// Called once a transaction of the writer is over.
    func commit() { kept.withLock { $0.enterPending() } }

    func rollback() { kept.withLock { $0.pending = nil } }

    /// - Parameter state: what the transaction sees; nil in a database that keeps no sums.
    func counts(_ query: CatalogueQuery, by facets: [CatalogueFacet], of state: CatalogueState?) -> Answer {
        guard let state else { return .noIndex }
        let question = Question(query: query, facets: facets)
        enum Found {
            case answer(Answer)
            case index(CatalogueIndex, generation: Int)
        }
        let found: Found = kept.withLock { kept in
            kept.come(to: state)
            guard let index = kept.index else { return .answer(.noIndex) }
            guard kept.state == state else { return .answer(.moved) }
            if let known = kept.answer(question) { return .answer(.counts(known)) }
            return .index(index, generation: kept.generation)
        }
        switch found {
        case .answer(let answer): return answer
        case .index(let index, let generation):
            let counts = index.counts(query, by: facets)
            kept.withLock { kept in
                guard kept.generation == generation else { return }
                kept.keep(counts, for: question)
            }
            return .counts(counts)
        }
    }

    /// The counts and the page where both are known of a state.
    func known(
        _ query: CatalogueQuery, by facets: [CatalogueFacet], _ page: PageRequest, of state: CatalogueState
    ) -> CatalogueAnswer? {
        let (question, pageQuestion) = (Question(query: query, facets: facets), PageQuestion(query, page))
        return kept.withLock { kept in
            kept.come(to: state)
            guard kept.state == state, let counts = kept.answer(question), let page = kept.pages[pageQuestion] else { return nil }
            return CatalogueAnswer(counts: counts, page: page)
        }
    }

    /// A page of a state, from memory or else by `find`.
    func page(
        _ query: CatalogueQuery, _ page: PageRequest, of state: CatalogueState?, find: () throws -> Page<Catalogue.Entry>
    ) rethrows -> Page<Catalogue.Entry> {
        guard let state else { return try find() }
        let question = PageQuestion(query, page)
        if let known = kept.withLock({ $0.state == state ? $0.pages[question] : nil }) { return known }
        let found = try find()
        kept.withLock { kept in
            guard kept.state == state, kept.index != nil else { return }
            if kept.keptRowCount + found.rows.count > Self.keptRowCountMax || kept.pages.count >= Self.answerCountMax {
                kept.forgetPages()
            }
            if kept.pages.updateValue(found, forKey: question) == nil { kept.keptRowCount += found.rows.count }
        }
        return found
    }

    /// Builds the index if there is none, from one transaction, while the writer goes on.
    ///
    /// - Returns: whether there is one now; false when another program wrote meanwhile, or another thread builds.
    func build(from readers: Readers, behind writer: DatabaseQueue) throws -> Bool {
        let isMine = try writer.writeWithoutTransaction { db in
            let state = try CatalogueState(in: db)
            return kept.withLock { kept in
                guard kept.journal == nil else { return false }
                kept.enterPending()
                if kept.index != nil, kept.state == state { return false }
                kept.drop()
                kept.state = state
                kept.journal = state == nil ? nil : []
                return state != nil
            }
        }
        guard isMine else { return kept.withLock { $0.index != nil } }
        do {
            var index = try readers.read(CatalogueIndex.init(in:))
            return try writer.writeWithoutTransaction { db in
                let state = try CatalogueState(in: db)
                return try kept.withLock { kept in
                    let journal = kept.journal ?? []
                    kept.journal = nil
                    guard state != nil, kept.state == state else {
                        kept.drop()
                        return false
                    }
                    for change in journal { try change.apply(to: &index) }
                    kept.index = index
                    return true
                }
            }
        } catch {
            kept.withLock { kept in
                kept.journal = nil
                kept.drop()
            }
            throw error
        }
    }
}

extension Optional where Wrapped == CatalogueIndex {
    fileprivate mutating func apply(_ change: CatalogueChange) throws(CatalogueIndexError) {
        // In place, so that nothing is copied.
        try self?.apply(change)
    }
}

extension CatalogueIndex {
    fileprivate mutating func apply(_ change: CatalogueChange) throws(CatalogueIndexError) { try change.apply(to: &self) }

    /// Reads all of the catalogue in one transaction.
    init(in db: Connection) throws {
        self.init()
        var purposes: [String: Set<Purpose>] = [:]
        let grants = try Row.fetchCursor(db, sql: "SELECT contributor, purpose FROM granted_purpose")
        while let row = try grants.next() {
            guard let purpose = Purpose(rawValue: row[1]) else { continue }
            purposes[row[0], default: []].insert(purpose)
        }
        let people = try Row.fetchCursor(
            db,
            sql: """
                SELECT contributor.id, gender, age_band
                FROM contributor LEFT JOIN contributor_profile ON contributor_profile.contributor = contributor.id
                """)
        while let row = try people.next() {
            let id: ID<Contributor> = row.id("id")
            let granted = purposes[id.text] ?? []
            try set(CatalogueSpeaker(gender: row["gender"], ageBand: row["age_band"], purposes: granted), of: id)
        }
        let rows = try Row.fetchCursor(db, sql: CatalogueFacts.selection)
        while let row = try rows.next() {
            try add(CatalogueFacts(row: row), of: row.id("id"), by: row.id("contributor"))
        }
    }
}
