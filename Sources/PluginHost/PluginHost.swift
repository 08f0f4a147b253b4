// PluginHost owns the plugin boundary: find, check, dlopen, negotiate, and adapt C tables to the
// ports. It is the only module that imports CSallyport; nothing above it sees a C type.
//
// A plugin's life: PluginLoader finds and checks the file, PluginImage loads and negotiates, Plugin
// lists what it offers, PluginGrant and PluginRecordStore are instances made for a config entry.
// A call's life: PluginCall is opened in the CallTable under a number; the plugin answers through
// the functions of sp_host (HostTable) under that number; closing the call makes the number void.
