import Glibc

/// Whichever client hears from the server first.
func pollFirst(_ one: Client, _ other: Client) -> Client {
    var set = [one, other].map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    poll(&set, 2, 60_000)
    return set[0].revents != 0 ? one : other
}
