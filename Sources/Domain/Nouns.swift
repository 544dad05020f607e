// Things that have an id but no more to say here. Every other noun stands in the file of its name.

public enum Admin: Identified { public static let idPrefix = "adm" }
public enum Session: Identified { public static let idPrefix = "ses" }
public enum Entry: Identified { public static let idPrefix = "txn" }
