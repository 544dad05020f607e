import HTTP
import Server

/// Runs `body` against a server on loopback, and stops the server.
func withServer(
    recorder: Recorder = Recorder(), onRefusal: @escaping @Sendable (ConnectionRefusal) -> Void = { _ in },
    configure: (inout ServerConfiguration) -> Void = { _ in },
    plan: @escaping @Sendable (Request) -> Plan, _ body: (HTTPServer, UInt16) throws -> Void
) throws {
    var configuration = ServerConfiguration(loopCount: 2, workerCount: 4)
    configure(&configuration)
    let application = TestApplication(recorder: recorder, plan: plan)
    let server = HTTPServer(configuration: configuration, application: application, onRefusal: onRefusal)
    let listeners = try server.start()
    defer { server.stop(deadlineSeconds: 2) }
    try body(server, listeners[0].port ?? 0)
}
