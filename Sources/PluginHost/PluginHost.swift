// PluginHost owns the plugin boundary: find, check, dlopen, negotiate, and adapt C tables to the
// ports. It is the only module that imports CSallyport; nothing above it sees a C type.
