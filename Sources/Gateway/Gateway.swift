// Gateway composes: the process (listeners, storage, plugins, keys, pools), a snapshot from a
// config, and the table of routes. It only builds; every rule lives below.
