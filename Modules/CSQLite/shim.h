// SQLite for Swift: the header, and what Swift cannot import of it.
#ifndef SALLYPORT_CSQLITE_SHIM_H
#define SALLYPORT_CSQLITE_SHIM_H

#include <sqlite3.h>

// SQLITE_TRANSIENT, a cast macro: SQLite copies what is bound.
static inline sqlite3_destructor_type sp_sqlite_transient(void) { return SQLITE_TRANSIENT; }

#endif
