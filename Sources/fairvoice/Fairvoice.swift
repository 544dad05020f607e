import Assets

@main enum Fairvoice {
    static func main() { print(fairvoice_asset_count()) }
}
