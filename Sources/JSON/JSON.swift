// JSON owns values, the strict parser for the serving path (RFC 8259, no duplicate names, bounded
// depth), JSON5 with positions for configuration, and the writer. It opens no file and knows no
// schema.
