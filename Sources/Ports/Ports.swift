// Ports owns the protocols that features use and adapters fill (records, grants), and the typed
// repositories over records. Protocols belong here, to the consumer; their adapters live above.
