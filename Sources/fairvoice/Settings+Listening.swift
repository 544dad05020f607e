import HTTP
import Server

extension Settings {
    /// Every place to listen at: the sockets that the starter passed, what `listen` names, `host` and `port` where there is neither,
    /// and what `redirect` names.
    func listeners(environment: [String: String], processID: Int32) throws -> [Listener] {
        let networkService: Listener.Service = try certificates().isEmpty ? .plain : .tls
        var listeners = PassedSockets.listeners(environment: environment, processID: processID, otherwise: networkService)
        if self["listen"] != nil {
            listeners += try places("listen").map { Listener($0, $0.isUnix ? .plain : networkService) }
        } else if listeners.isEmpty {
            let port = UInt16(try integer("port", in: 0...65_535) ?? 8080)
            listeners = [Listener(.network(host: self["host"] ?? "127.0.0.1", port: port), networkService)]
        }
        listeners += try places("redirect").map { Listener($0, .redirect) }
        if networkService == .plain, listeners.contains(where: { $0.service == .redirect }) {
            throw BadInput("--redirect leads to https, which needs --tls-cert and --tls-key")
        }
        return listeners
    }

    /// The pairs of `tls-cert` and `tls-key`, in their order.
    func certificates() throws -> [TLSFiles] {
        let (certificates, keys) = (list("tls-cert"), list("tls-key"))
        guard certificates.count == keys.count else {
            throw BadInput(
                "--tls-cert and --tls-key go together, a key for each certificate in the same order; there are \(certificates.count) "
                    + "and \(keys.count)")
        }
        return zip(certificates, keys).map { TLSFiles(certificateChainPath: $0, privateKeyPath: $1) }
    }

    private func list(_ name: String) -> [String] {
        (self[name] ?? "").split(separator: ",", omittingEmptySubsequences: false).map { String($0.drop { $0 == " " }) }
            .filter { !$0.isEmpty }
    }

    private func places(_ name: String) throws -> [Listener.Place] {
        try list(name).map { text in
            if text.hasPrefix("unix:") { return .unix(path: String(text.dropFirst("unix:".count)), mode: try socketMode()) }
            guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
                throw notAPlace(text, name)
            }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") {
                host = host.dropFirst().dropLast()
                guard IPAddress(host)?.isVersion4 == false else { throw notAPlace(text, name) }
            }
            guard !host.isEmpty, host.contains(":") == text.hasPrefix("[") else { throw notAPlace(text, name) }
            return .network(host: String(host), port: port)
        }
    }

    private func notAPlace(_ text: String, _ name: String) -> BadInput {
        BadInput(
            "--\(name) must be places such as 0.0.0.0:8080, [::]:8080 or unix:/run/fairvoice.sock, separated by commas; “\(text)” is none"
        )
    }

    private func socketMode() throws -> UInt32 {
        let text = self["unix-mode"] ?? ""
        guard let mode = UInt32(text, radix: 8), (0...0o777).contains(mode) else {
            throw BadInput("--unix-mode must be octal permissions such as 660, not “\(text)”")
        }
        return mode
    }
}

extension Listener.Place {
    fileprivate var isUnix: Bool { if case .unix = self { true } else { false } }
}

extension Listener {
    /// How people write it: a URL, or the path of a Unix socket.
    var text: String {
        switch place {
        case .network(let host, let port):
            "\(service == .tls ? "https" : "http")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        case .unix(let path, _): "unix:\(path)"
        case .passed(let descriptor): "descriptor \(descriptor)"
        }
    }
}
