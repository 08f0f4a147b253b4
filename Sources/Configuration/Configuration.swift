// Configuration owns the config file: JSON5 with positions decoded once into complete, immutable
// options, all faults at once; and the schema that documents it. It opens nothing but the config
// file and what a secret reference names. Nothing below it reads configuration text.
