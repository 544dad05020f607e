extension Schema {
    /// One member of an object.
    public struct Property: Sendable {
        public var name: String
        public var schema: Schema
        public var isRequired: Bool
        /// What it means; units where it has some.
        public var note: String

        /// A member that is always there.
        public static func required(_ name: String, _ schema: Schema, _ note: String) -> Property {
            Property(name: name, schema: schema, isRequired: true, note: note)
        }

        /// A member that may be absent; `null` only where the schema is nullable.
        public static func optional(_ name: String, _ schema: Schema, _ note: String) -> Property {
            Property(name: name, schema: schema, isRequired: false, note: note)
        }
    }
}
