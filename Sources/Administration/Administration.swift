// Administration owns the admin API over the unix socket, its client for the command line, and
// metrics. It knows no feature's insides: what it shows and does comes in as closures and ports.
