// SallyportPlugin owns the Swift face of the plugin ABI for plugin authors. It imports CSallyport
// and nothing of the host: host and plugins share no Swift type.
