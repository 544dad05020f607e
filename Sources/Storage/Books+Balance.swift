import Domain
import GRDB
import Ledger

extension Books {
    /// What an account stands at: debits less credits. An account that never moved stands at zero.
    public func balance(of account: Account) throws -> Money {
        let statement = try db.cachedStatement(sql: "SELECT balance FROM account WHERE path = ? AND currency = ?")
        let micros = try Int64.fetchOne(statement, arguments: [account.path.text, account.currency.code])
        return Money(micros: micros ?? 0, currency: account.currency)
    }

    /// What an account holds for its owner: credits less debits, never negative where the account has a floor.
    public func funds(in account: Account) throws -> Money {
        Money(micros: try -balance(of: account).micros, currency: account.currency)
    }

    /// Every account with its balance, by currency and path.
    public func trialBalance() throws -> [(account: Account, balance: Money)] {
        try db.rows("SELECT path, currency, balance FROM account ORDER BY currency, path").map { row in
            (try Self.account(row), row.money("balance"))
        }
    }

    /// The account that a row names by `path` and `currency`.
    static func account(_ row: Row) throws -> Account {
        let path: String = try row.value("path")
        guard let currency = Currency(code: try row.value("currency")), let account = Account(path: path, currency: currency)
        else {
            throw StorageError.corrupt("account \(path) is not of the chart")
        }
        return account
    }
}
