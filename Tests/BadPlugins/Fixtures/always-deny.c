/* The whole of a grant in C: client_credentials that says no to everybody. */
#include <sallyport/plugin.h>

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
  static const sp_denial denial = {.size = sizeof denial,
                                   .error = SP_TEXT("access_denied"),
                                   .description = SP_TEXT("Nobody gets a token here."),
                                   .detail = SP_TEXT("always-deny is loaded")};
  (void)instance, (void)request;
  host->deny(host, context->call, &denial);
}

static void destroy(void *instance) { (void)instance; }

static const sp_grant_declaration declaration = {.size = sizeof declaration,
                                                 .flags = SP_GRANT_PURE | SP_GRANT_CONFIDENTIAL,
                                                 .grant_type = SP_TEXT("client_credentials")};
static const sp_grant grant = {&declaration, 0, validate, create, decide, 0, destroy};
static const sp_offer offers[] = {{SP_OFFER_GRANT, sizeof grant, &grant}};
static const sp_plugin plugin = {
    .size = sizeof plugin, .magic = SP_MAGIC, .abi_major = SP_ABI_MAJOR,
    .name = SP_TEXT("always-deny"), .version = SP_TEXT("1.0"),
    .config_schema = SP_TEXT("{\"type\":\"object\",\"additionalProperties\":false}"),
    .offers = offers, .offer_count = 1};

const sp_plugin *sallyport_plugin(uint32_t major, uint32_t minor) {
  (void)major, (void)minor;
  return &plugin;
}
