extension Schema {
    /// The body of every error.
    static let problem = Schema.named(
        "Problem",
        .object(
            [
                .required("type", .string(), "Names the kind of error, the same for every occurrence"),
                .required("title", .string(), "Says it for people, the same for every occurrence"),
                .required("status", .integer(400...599), "The status code"),
                .required("detail", .text(.echoed, 0...100_000), "What went wrong this time"),
                .optional("instance", .string(), "The path that was asked for"),
                .optional("request_id", .string(), "Names the request in the server's log"),
                .optional("errors", .array(of: inputError), "Every bad field or parameter"),
            ], isOpen: true))

    private static let inputError = Schema.named(
        "InputError",
        .object([
            .required("in", .choice(["body", "query", "path", "header"]), "Where the pointer points into"),
            .required("pointer", .text(.echoed, 0...100_000), "RFC 6901; parameters form an object of their names"),
            .required("detail", .text(.echoed, 0...100_000), "What is wrong"),
        ]))
}
