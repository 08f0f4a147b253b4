// Sallyport plugin ABI 1.0: all that crosses between the gateway (the host) and a plugin, a shared
// library that exports one symbol, sallyport_plugin. 64-bit Linux, C11, C++17. Rules everywhere:
//   Memory   never changes hands. What a function is passed is borrowed until it returns; who needs
//            it longer copies it. Tables, what they point to and sp_host live with the process.
//   Sizes    a struct starts with its `size` (but slices and sp_offer; a table's is in its offer):
//            set it to sizeof, zero what you do not use. New members come only at the end: read one
//            newer than 1.0 only if `size` covers it. Elements of an array are items[0].size apart.
//   Text     is UTF-8 without a NUL at its end; an empty slice may have a NULL pointer. JSON is RFC
//            8259, no name twice in an object. Times are Unix milliseconds, spans milliseconds.
//   NULL     no pointer and no function is NULL unless its comment says so.
//   Threads  a table's functions run on any thread, several at once for one instance; only create,
//            open, destroy and close run alone. sp_host's may be called from any thread.
//   Answers  name the `call` of their context: a number, not an address, so that a wrong, ended or
//            answered one is recognised and refused. An answer that breaks a rule fails the call, a
//            second one too if the call is still open. What returns sp_status ends its call by that;
//            decide and respond must have answered when they return.
//   Limits   64 KiB for the texts of an answer; kinds and index names 1...64 bytes, keys and index
//            values 1...1024, values of records up to 16 MiB, changes in one apply 1...256.
//   Faults   a plugin shares the host's process: it must not exit, trap or let an exception out.
#ifndef SALLYPORT_PLUGIN_H
#define SALLYPORT_PLUGIN_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

#define SP_MAGIC 0x53505254u
#define SP_ABI_MAJOR 1u  // another one is incompatible
#define SP_ABI_MINOR 0u  // grows with every addition

typedef struct sp_text { const char *bytes; size_t length; } sp_text;
typedef struct sp_bytes { const void *bytes; size_t length; } sp_bytes;
typedef struct sp_texts { const sp_text *items; size_t count; } sp_texts;
#define SP_TEXT(literal) { literal, sizeof(literal) - 1 }  // initialises an sp_text

typedef int32_t sp_status;  // a number that is not listed counts as SP_FAILED
#define SP_OK 0
#define SP_NOT_FOUND 1      // no such record, or it has expired
#define SP_CONFLICT 2       // an expectation does not hold; nothing was changed
#define SP_BUSY 3           // a queue or lock is full; nothing was changed, try later
#define SP_UNKNOWN 4        // may or may not have happened, e.g. the connection was lost
#define SP_FULL 5           // no space is left; nothing was changed
#define SP_READ_ONLY 6      // the store cannot be written; nothing was changed
#define SP_UNAVAILABLE 7    // the store or service is out of reach; nothing was changed
#define SP_CORRUPT 8        // what is stored cannot be read
#define SP_DENIED 9         // the config entry does not grant this capability
#define SP_INVALID 10       // an argument breaks a rule of this header
#define SP_TOO_LARGE 11     // an argument is over a limit
#define SP_UNSUPPORTED 12   // this side does not offer it
#define SP_ANSWERED 13      // the call has its answer already
#define SP_LATE 14          // the call has ended, or never was
#define SP_CANCELLED 15     // given up since nobody waits; nothing was changed
#define SP_FAILED 16        // anything else; nothing was changed; say what by sp_host.report

typedef struct sp_context {  // comes with every call
  uint32_t size;
  uint64_t call;            // names the call to sp_host
  int64_t time;             // the host's clock; decide by no other
  int64_t deadline;         // on CLOCK_MONOTONIC, in milliseconds; 0: none
  sp_text request_id, site;  // as in the log; tenant, whose records stay apart; both may be empty
  int (*cancelled)(uint64_t call);  // not 0: nobody waits any more; any thread, also too late
} sp_context;

typedef struct sp_setup {
  uint32_t size;
  sp_text config;           // JSON object, valid by the plugin's schema
  sp_text state_folder;     // absolute, exists, mode 0700; the base of relative paths in config
} sp_setup;

// ---- Records ------------------------------------------------------------------------------------
typedef struct sp_index_entry { uint32_t size; sp_text name; sp_bytes value; } sp_index_entry;

typedef struct sp_record {
  uint32_t size, flags;     // SP_RECORD_DELETED
  sp_text kind;
  sp_bytes key, value;
  uint64_t version;         // from the store: greater than 0, new with each put, never reused
  int64_t expires;          // absent from this time on, swept or not; 0: never
  const sp_index_entry *index;  // if the query asked for it; may be NULL
  size_t index_count;
  sp_bytes cursor;          // of a feed: where to go on after this one; else empty
} sp_record;
enum { SP_RECORD_DELETED = 1 /* of a feed: only kind, key and cursor are set */ };

typedef struct sp_change {
  uint32_t size, action;    // SP_PUT, SP_DELETE, SP_CHECK
  sp_text kind;
  sp_bytes key, value;      // one apply names a (kind, key) once; a value is for a put
  uint64_t version;         // for SP_EXACT
  int64_t expires;          // for a put; 0: never
  uint32_t expect;          // SP_ANY, SP_ABSENT, SP_EXACT
  const sp_index_entry *index;  // for a put, all its entries, not unique; may be NULL
  size_t index_count;
} sp_change;
enum { SP_PUT = 1, SP_DELETE = 2 /* not with SP_ABSENT; with SP_ANY fine if there is nothing */,
       SP_CHECK = 3 /* a precondition, writes nothing; not with SP_ANY */ };
enum { SP_ANY, SP_ABSENT, SP_EXACT };

typedef struct sp_applied {
  uint32_t size;
  sp_status status;         // SP_OK: all is done, durably if the store is; else nothing, or unknown
  size_t conflict;          // SP_CONFLICT: position of a change whose expectation does not hold
  const uint64_t *versions;  // SP_OK: one a change, 0 for deletes and checks; else may be NULL
  size_t version_count;
} sp_applied;

typedef struct sp_query {   // answered in ascending order of keys, bytewise
  uint32_t size, flags;     // SP_QUERY_INDEX
  sp_text kind, index;      // find: records with this index entry; scan: index and value are empty
  sp_bytes value, after;    // only keys greater than `after`; empty: from the first
  uint32_t limit;           // 1...1000; there are no more if fewer than this came
} sp_query;
enum { SP_QUERY_INDEX = 1 /* give the index entries too */ };

// ---- What a grant is asked, and answers ---------------------------------------------------------
typedef struct sp_value { uint32_t size; sp_text name, value; } sp_value;

typedef struct sp_artefact {  // fetched by the host, not expired, bound to this client
  uint32_t size;
  sp_text kind, state, subject;  // "approved", a polled one also "pending", "denied"; may be empty
  sp_texts scopes, resources;  // as the resource owner granted them
  sp_text authentication, authorization_details;  // JSON: object with auth_time, acr, amr; array
  sp_text data;             // JSON object from its creator: redirect_uri, code_challenge, ...
  int64_t created, expires;
} sp_artefact;

typedef struct sp_request {
  uint32_t size, flags;     // SP_CLIENT_CONFIDENTIAL
  sp_text name, method;     // the grant type or the endpoint's name; "GET" or "POST"
  sp_text client_id, client_authentication;  // the method used, "none" if public; empty: no client
  sp_text client_metadata;  // JSON object with the names of RFC 7591, no secrets
  sp_text session_subject;  // empty but for SP_AUTH_SESSION
  const sp_value *parameters;  // declared ones only, a multiple one once a value; may be NULL
  size_t parameter_count;
  sp_texts scopes, resources;  // what the client asked for; empty if it did not
  sp_texts allowed_scopes;  // the most that it may get: the host narrows to it in any case
  sp_text authorization_details;  // JSON array or empty
  const sp_artefact *artefact;  // NULL if the grant declares none, and for endpoints
} sp_request;
enum { SP_CLIENT_CONFIDENTIAL = 1 };

typedef struct sp_mark {    // stored in the commit that issues; one that is there is invalid_grant
  uint32_t size;
  sp_bytes value;           // e.g. issuer and jti; marks of grant types stay apart
  int64_t expires;          // not 0
} sp_mark;

typedef struct sp_decision {  // the host narrows it to client, resource and artefact, then commits
  uint32_t size, flags;     // SP_WANT_*
  uint32_t subject_from, artefact;  // SP_SUBJECT_*, SP_ARTEFACT_*
  sp_text subject;          // for SP_SUBJECT_ASSERTED
  uint64_t assertion;       // for SP_SUBJECT_ASSERTION: the number from "assertion.verify"
  sp_texts scopes, resources;  // empty: as asked for; if nothing was, as client and scopes have it
  sp_text claims, actor;    // JSON objects or empty: for the access token (no reserved name), `act`
  sp_text authentication;   // JSON object with auth_time, acr, amr; empty: the artefact's
  sp_text authorization_details, response;  // JSON array; object with further members; or empty
  int64_t access_token_lifetime, refresh_token_lifetime, id_token_lifetime;  // at most; 0: no cap
  const sp_mark *marks;     // may be NULL
  size_t mark_count;
} sp_decision;
enum { SP_WANT_REFRESH_TOKEN = 1, SP_WANT_ID_TOKEN = 2 };
enum { SP_SUBJECT_CLIENT, SP_SUBJECT_ARTEFACT, SP_SUBJECT_ASSERTION,
       SP_SUBJECT_ASSERTED /* on the plugin's word, by capability "assert_subject" */ };
enum { SP_ARTEFACT_KEEP, SP_ARTEFACT_CONSUME, SP_ARTEFACT_REVOKE /* and all that came from it */ };

typedef struct sp_denial {
  uint32_t size, artefact;  // SP_ARTEFACT_*
  sp_text error, description;  // OAuth code; for the client, or empty: characters of RFC 6749 5.2
  sp_text detail, response;  // for the log only; JSON object, e.g. {"interval":10}; or empty
} sp_denial;

typedef struct sp_reply {   // an endpoint's answer
  uint32_t size, status;    // HTTP status
  sp_text name, json;       // page or interaction, empty for JSON; its values or the body, object
} sp_reply;

// ---- The host: one for each config entry --------------------------------------------------------
// Answers return SP_OK, SP_LATE, SP_ANSWERED, or why they are refused. Services need the capability
// of their name in the config entry, else SP_DENIED, as in validate. `receive` runs inside the call
// once, only before SP_OK; what it gets is borrowed for that moment. `to` is its own, may be NULL.
typedef struct sp_host {
  uint32_t size, abi_major, abi_minor;
  void *self;  // the host's own
  // Answers. report adds a fault for the operator (JSON Pointer into config, or empty), up to 64;
  // record gives one record of get, find, scan or feed; text is for sweep, health and stats.
  sp_status (*report)(const struct sp_host *host, uint64_t call, sp_text pointer, sp_text message);
  sp_status (*decide)(const struct sp_host *host, uint64_t call, const sp_decision *decision);
  sp_status (*deny)(const struct sp_host *host, uint64_t call, const sp_denial *denial);
  sp_status (*reply)(const struct sp_host *host, uint64_t call, const sp_reply *reply);
  sp_status (*record)(const struct sp_host *host, uint64_t call, const sp_record *record);
  sp_status (*text)(const struct sp_host *host, uint64_t call, sp_text json);
  sp_status (*applied)(const struct sp_host *host, uint64_t call, const sp_applied *applied);
  // A shared store tells that others changed records up to this cursor of its feed; at any time.
  sp_status (*changed)(const struct sp_host *host, sp_bytes cursor);
  // Services. "log": level 0 debug ... 4 error. "metrics": adds to the counter [a-z0-9_]{1,64}.
  sp_status (*log)(const struct sp_host *host, uint32_t level, sp_text event, sp_text message);
  sp_status (*metric)(const struct sp_host *host, sp_text name, double amount);
  sp_status (*random)(const struct sp_host *host, void *bytes, size_t count);
  // "state": records of the entry's own; state_apply waits for its commit. Not for decide.
  sp_status (*state_get)(const struct sp_host *host, uint64_t call, sp_text kind, sp_bytes key,
                         void (*receive)(void *to, const sp_record *record), void *to);
  sp_status (*state_apply)(const struct sp_host *host, uint64_t call, const sp_change *changes,
                           size_t count);
  // Services by name, JSON object in and out (members: docs/plugins.md): "assertion.verify",
  // "token.open", "client.get", "account.get", "resource.get", "artefact.create",
  // "interaction.begin", "message.send", "http.send". SP_UNSUPPORTED: not offered by this host.
  sp_status (*ask)(const struct sp_host *host, uint64_t call, sp_text service, sp_text json,
                   void (*receive)(void *to, sp_text json), void *to);
} sp_host;

// ---- Offer: grant -------------------------------------------------------------------------------
typedef struct sp_parameter { uint32_t size, flags; sp_text name, description; } sp_parameter;
enum { SP_REQUIRED = 1, SP_MULTIPLE = 2, SP_SECRET = 4 /* never logged */ };

typedef struct sp_endpoint {  // at the host's path for `name`, in metadata as name + "_endpoint"
  uint32_t size;
  uint32_t methods, authentication, answer;  // SP_GET | SP_POST, SP_AUTH_*, SP_ANSWER_*
  sp_text name;             // [a-z_]{1,64}
  const sp_parameter *parameters;  // may be NULL
  size_t parameter_count;
} sp_endpoint;
enum { SP_GET = 1, SP_POST = 2 };
enum { SP_AUTH_NONE, SP_AUTH_CLIENT, SP_AUTH_SESSION /* CSRF guarded */ };
enum { SP_ANSWER_JSON, SP_ANSWER_PAGE, SP_ANSWER_INTERACTION };

typedef struct sp_grant_declaration {
  uint32_t size, flags;     // SP_GRANT_*
  sp_text grant_type;       // a registered word or an absolute URI
  sp_text artefact, artefact_parameter;  // what it redeems, where that is sent; both empty: nothing
  const sp_parameter *parameters;  // but the host's: grant_type, scope, client_id, ...; may be NULL
  size_t parameter_count;
  sp_texts response_types;  // of the authorization endpoint, may be empty
  const sp_endpoint *endpoints;  // may be NULL
  size_t endpoint_count;
} sp_grant_declaration;
enum { SP_GRANT_PURE = 1 /* decides from the request alone, uses no service, never waits */,
       SP_GRANT_CONFIDENTIAL = 2 /* no public clients */, SP_GRANT_POLLED = 4 /* slow_down */ };

typedef struct sp_grant {
  const sp_grant_declaration *declaration;
  void *self;               // the plugin's own, for validate and create; may be NULL
  // Says by report what is wrong with the config, without side effects; then SP_INVALID.
  sp_status (*validate)(void *self, const sp_host *host, const sp_setup *setup,
                        const sp_context *context);
  // Makes a complete instance (NULL is fine), or leaves nothing behind and is not SP_OK.
  sp_status (*create)(void *self, const sp_host *host, const sp_setup *setup,
                      const sp_context *context, void **instance);
  // By sp_host.decide or deny, before it returns, without side effects: it may lose a race.
  void (*decide)(void *instance, const sp_request *request, const sp_context *context);
  // By sp_host.reply or deny, before it returns. NULL if there are no endpoints.
  void (*respond)(void *instance, const sp_request *request, const sp_context *context);
  void (*destroy)(void *instance);  // no call is under way, none follows
} sp_grant;

// ---- Offer: storage -----------------------------------------------------------------------------
enum { SP_DURABLE = 1, SP_SHARED = 2 /* feeds */, SP_LINEARIZABLE = 4, SP_GET_NEVER_WAITS = 8 };

typedef struct sp_storage {
  void *self;               // as in sp_grant, like validate, open and close
  sp_status (*validate)(void *self, const sp_host *host, const sp_setup *setup,
                        const sp_context *context);
  sp_status (*open)(void *self, const sp_host *host, const sp_setup *setup,
                    const sp_context *context, void **instance);
  uint32_t (*capabilities)(void *instance);
  sp_status (*get)(void *instance, sp_text kind, sp_bytes key, const sp_context *context);
  sp_status (*find)(void *instance, const sp_query *query, const sp_context *context);
  sp_status (*scan)(void *instance, const sp_query *query, const sp_context *context);
  // All or nothing. Returns at once; sp_host.applied tells the end once, on any thread, or inside;
  // who reads after that sees it. What passes its deadline in a queue is SP_CANCELLED.
  void (*apply)(void *instance, const sp_change *changes, size_t count, const sp_context *context);
  sp_status (*sweep)(void *instance, uint32_t limit, const sp_context *context);  // {"removed":0}
  sp_status (*health)(void *instance, const sp_context *context);  // not SP_OK: not ready
  sp_status (*stats)(void *instance, const sp_context *context);  // {"records":{},"bytes":0}
  sp_status (*backup)(void *instance, sp_text path, const sp_context *context);  // new file, 0600
  // What was changed after a cursor, by whomever, oldest first. NULL unless SP_SHARED.
  sp_status (*feed)(void *instance, sp_bytes after, uint32_t limit, const sp_context *context);
  void (*close)(void *instance);  // answers what is queued; none follows
} sp_storage;

// ---- The plugin ---------------------------------------------------------------------------------
typedef struct sp_offer { uint32_t kind, size; const void *table; } sp_offer;  // size: of the table
enum { SP_OFFER_GRANT = 1, SP_OFFER_STORAGE = 2 };  // other kinds are passed over

typedef struct sp_plugin {
  uint32_t size, magic;     // SP_MAGIC
  uint32_t abi_major, abi_minor;  // SP_ABI_MAJOR; the least minor that it can do with
  sp_text name, version;    // as in messages: [a-z0-9-]{1,64}; any text
  sp_text config_schema;    // JSON Schema of the entry's `config`, an object
  const sp_offer *offers;
  size_t offer_count;       // 1...64
} sp_plugin;

// The one symbol. Does nothing but return its answer, which stays; NULL: not for this host.
__attribute__((visibility("default")))
const sp_plugin *sallyport_plugin(uint32_t host_abi_major, uint32_t host_abi_minor);
#ifdef __cplusplus
}
#endif
#endif
