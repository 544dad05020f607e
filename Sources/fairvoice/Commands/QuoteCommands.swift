import ArgumentParser
import Crypto
import Foundation
import JSON
import Market

struct QuoteCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quote", abstract: "Check signed quotes.", subcommands: [Verify.self])

    /// Needs no server and no database: the quote, and the published keys.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a quote's signature off-line against a saved JWK set, and print what was signed.")

        @Option(help: "The JWK set, as GET /.well-known/jwks.json answers it.")
        var jwks: String

        @Argument(help: "The compact JWS, a file that holds it or the quote's JSON, or - for standard input.")
        var quote: String

        func run() throws {
            let keys = try JWKSet.read(file: jwks)
            let compact = try compactJWS()
            let payload: [UInt8]
            do {
                payload = try JWS.verify(compact, keys: keys, type: Signer.Kind.quote.rawValue)
            } catch {
                throw BadInput("the quote is not authentic: \(error)")
            }
            let document = try JSON.parse(payload)
            print(String(decoding: document.prettyBytes(), as: UTF8.self), terminator: "")
            FileHandle.standardError.write(Data("the signature is good\n".utf8))
        }

        private func compactJWS() throws -> String {
            let text = try Input.text(quote)
            if let json = try? JSON.parse(Array(text.utf8)), let jws = json["jws"]?.asString { return jws }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}

/// The keys of a JWK set by their id.
enum JWKSet {
    static func read(file: String) throws -> [String: Ed25519.PublicKey] {
        let text = try Input.file(file)
        guard let set = try? JSON.parse(text), let members = set["keys"]?.asArray else {
            throw BadInput("--jwks: \(file) holds no JWK set")
        }
        var keys: [String: Ed25519.PublicKey] = [:]
        for member in members {
            guard member["kty"]?.asString == "OKP", member["crv"]?.asString == "Ed25519", let id = member["kid"]?.asString,
                let x = member["x"]?.asString.flatMap({ Base64.decodeURL($0) }), let key = Ed25519.PublicKey(bytes: x)
            else { continue }
            keys[id] = key
        }
        guard !keys.isEmpty else { throw BadInput("--jwks: \(file) holds no Ed25519 key") }
        return keys
    }
}
