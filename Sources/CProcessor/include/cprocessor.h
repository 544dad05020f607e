// Nothing to call: what is linked with this ends in one line, before it begins, on a processor that it was not built for.
