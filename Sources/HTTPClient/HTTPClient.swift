// HTTPClient owns the client side: pooled, streaming connections to upstreams on the loop that
// asks. It knows nothing of proxies or tokens.
