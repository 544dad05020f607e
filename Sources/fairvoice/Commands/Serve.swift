import ArgumentParser
import Foundation

/// The flags of every setting.
struct ServeOptions: ParsableArguments {
    @Option(help: "The data folder.") var data: String?
    @Option(help: "The address to listen on.") var host: String?
    @Option(help: "The port; 0 picks one and prints it.") var port: String?
    @Option(help: "Places to listen at instead, such as 0.0.0.0:8080,[::]:8443,unix:/run/fairvoice.sock.") var listen: String?
    @Option(help: "The permissions of Unix sockets, octal.") var unixMode: String?
    @Option(help: "Certificate chains, PEM, with commas; the first is the default.") var tlsCert: String?
    @Option(help: "The private key of each chain, PEM, in the same order.") var tlsKey: String?
    @Option(help: "Places where plain HTTP is sent on to https.") var redirect: String?
    @Option(help: "The port that it is sent to.") var httpsPort: String?
    @Option(help: "Analysis workers.") var workers: String?
    @Option(help: "How long answers in flight may take after SIGTERM.") var drainSeconds: String?
    @Option(help: "trace, debug, info, notice, warning, error or critical.") var logLevel: String?
    @Option(help: "A file for the access log, opened again on SIGHUP.") var accessLog: String?
    @Option(help: "Free MiB below which the server is not ready.") var freeMibMin: String?
    @Option(help: "Requests a second of one key; 0 for no limit.") var keyRate: String?
    @Option(help: "Requests of one key at once.") var keyBurst: String?
    @Option(help: "Requests a second from one address; 0 for no limit.") var addressRate: String?
    @Option(help: "Requests from one address at once.") var addressBurst: String?
    @Option(help: "Failed authentications a minute from one address; 0 for no limit.") var failureRate: String?
    @Option(help: "Failed authentications from one address at once.") var failureBurst: String?
    @Option(help: "Addresses and ranges that no limit holds for, or none.") var unlimited: String?
    @Option(help: "Connections of the process.") var connections: String?
    @Option(help: "Connections from one address.") var connectionsPerAddress: String?
    @Option(help: "Addresses and ranges of proxies that are believed, or none.") var trustedProxies: String?
    @Option(help: "What these proxies write: x-forwarded, forwarded or either.") var proxyFields: String?
    @Option(help: "Whose account SEPA payouts leave from.") var debtorName: String?
    @Option(help: "The IBAN of that account.") var debtorIban: String?
    @Option(help: "The BIC of its bank.") var debtorBic: String?
    @Option(help: "A JSON file of settings.") var config: String?

    func settings() throws -> Settings {
        let flags = [
            "data": data, "host": host, "port": port, "listen": listen, "unix_mode": unixMode, "tls_cert": tlsCert,
            "tls_key": tlsKey, "redirect": redirect, "https_port": httpsPort, "access_log": accessLog, "workers": workers,
            "drain_seconds": drainSeconds, "log_level": logLevel, "free_mib_min": freeMibMin, "key_rate": keyRate,
            "key_burst": keyBurst, "address_rate": addressRate,
            "address_burst": addressBurst, "failure_rate": failureRate, "failure_burst": failureBurst, "unlimited": unlimited,
            "connections": connections, "connections_per_address": connectionsPerAddress, "trusted_proxies": trustedProxies,
            "proxy_fields": proxyFields, "debtor_name": debtorName, "debtor_iban": debtorIban,
            "debtor_bic": debtorBic,
        ]
        return try Settings(flags: flags.compactMapValues { $0 }, file: config)
    }
}

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the marketplace until SIGTERM or SIGINT.")

    @OptionGroup var options: ServeOptions

    @Flag(help: "Load a small demonstration marketplace into an empty data folder.")
    var demo = false

    func run() throws {
        // One that comes before it can be obeyed must not end the process: what it asks for is read anyway.
        signal(SIGHUP, SIG_IGN)
        let service = try Service(settings: options.settings(), isDemo: demo)
        let signals = Signals { service.reload() }
        try service.start()
        signals.waitForEnd()
        service.stop()
    }
}
