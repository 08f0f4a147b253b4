// AuthorizationServer owns the OAuth endpoints, a folder each, and client authentication. A
// request enters as an HTTP message, becomes a typed request step by step, and leaves as the
// RFC's response. It knows grants only through Ports.
