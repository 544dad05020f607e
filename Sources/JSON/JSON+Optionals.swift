/// Values that may be absent, for literals: `.ifPresent(x)` leaves the member out, `.orNull(x)` writes `null`.
extension JSON {
    /// A number of things.
    public static func count(_ value: Int) -> JSON { .integer(Int64(value)) }

    /// An array of strings.
    public static func strings(_ values: some Sequence<String>) -> JSON { .array(values.map(JSON.string)) }

    public static func ifPresent(_ value: String?) -> JSON? { value.map(JSON.string) }
    public static func ifPresent(_ value: Int64?) -> JSON? { value.map(JSON.integer) }
    public static func ifPresent(_ value: Double?) -> JSON? { value.map(JSON.number) }
    public static func ifPresent(_ value: Bool?) -> JSON? { value.map(JSON.bool) }

    public static func orNull(_ value: JSON?) -> JSON { value ?? .null }
    public static func orNull(_ value: String?) -> JSON { orNull(ifPresent(value)) }
    public static func orNull(_ value: Int64?) -> JSON { orNull(ifPresent(value)) }
    public static func orNull(_ value: Double?) -> JSON { orNull(ifPresent(value)) }
    public static func orNull(_ value: Bool?) -> JSON { orNull(ifPresent(value)) }
}
