/* A plugin built with a later header of the same major version: every struct of its has grown at the
 * end, and it can do with minor 0. A host of 1.0 must find its way through it. */
#include <sallyport/plugin.h>

typedef struct grown_parameter { sp_parameter base; uint64_t since_1_1[3]; } grown_parameter;
typedef struct grown_declaration { sp_grant_declaration base; sp_text since_1_1; } grown_declaration;
typedef struct grown_decision { sp_decision base; sp_text since_1_1; } grown_decision;
typedef struct grown_grant { sp_grant base; void (*since_1_1)(void); } grown_grant;
typedef struct grown_plugin { sp_plugin base; sp_text since_1_1; } grown_plugin;

static const sp_host *host;

static sp_status validate(void *self, const sp_host *given, const sp_setup *setup,
                          const sp_context *context) {
  (void)self, (void)given, (void)setup, (void)context;
  return SP_OK;
}

static sp_status create(void *self, const sp_host *given, const sp_setup *setup,
                        const sp_context *context, void **instance) {
  (void)self, (void)setup, (void)context, (void)instance;
  host = given;
  return SP_OK;
}

static void decide(void *instance, const sp_request *request, const sp_context *context) {
  grown_decision decision = {{0}, {0, 0}};
  (void)instance;
  decision.base.size = sizeof decision;
  /* The values lie items[0].size apart: take the last one the way the header says. */
  const char *first = (const char *)request->parameters;
  const sp_value *last =
      (const sp_value *)(first + (request->parameter_count - 1) * request->parameters[0].size);
  decision.base.scopes.items = &last->value;
  decision.base.scopes.count = 1;
  host->decide(host, context->call, &decision.base);
}

static void destroy(void *instance) { (void)instance; }

static const grown_parameter parameters[] = {
    {{sizeof(grown_parameter), SP_REQUIRED, SP_TEXT("first"), {0, 0}}, {1, 2, 3}},
    {{sizeof(grown_parameter), SP_SECRET, SP_TEXT("second"), {0, 0}}, {4, 5, 6}}};
static const grown_declaration declaration = {
    {.size = sizeof(grown_declaration), .grant_type = SP_TEXT("urn:example:grant-type:grown"),
     .parameters = &parameters[0].base, .parameter_count = 2}, SP_TEXT("later")};
static const grown_grant grant = {
    {&declaration.base, 0, validate, create, decide, 0, destroy}, 0};
static const sp_offer offers[] = {{SP_OFFER_GRANT, sizeof grant, &grant},
                                  {77 /* a kind of 1.1 */, 8, "1234567"}};
static const grown_plugin plugin = {
    {.size = sizeof plugin, .magic = SP_MAGIC, .abi_major = SP_ABI_MAJOR, .name = SP_TEXT("grown"),
     .version = SP_TEXT("2.0"), .config_schema = SP_TEXT("{}"), .offers = offers,
     .offer_count = 2}, SP_TEXT("later")};

const sp_plugin *sallyport_plugin(uint32_t major, uint32_t minor) {
  (void)major, (void)minor;
  return &plugin.base;
}
