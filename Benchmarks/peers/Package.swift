// swift-tools-version: 6.2
import PackageDescription

// Servers of others that ours is measured beside. A package of its own: nothing of it is part of the program.
let package = Package(
    name: "fairvoice-peers",
    platforms: [.macOS(.v14)],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .executableTarget(
            name: "hummingbird-peer",
            dependencies: [.product(name: "Hummingbird", package: "hummingbird"), .product(name: "Logging", package: "swift-log")])
    ]
)
