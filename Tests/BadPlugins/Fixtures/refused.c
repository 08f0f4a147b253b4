/* A grant that is fine, unless one of the macros below breaks it before it is ever asked. */
#include <sallyport/plugin.h>

#ifndef GRANT_TYPE
#define GRANT_TYPE "urn:example:grant-type:voucher"
#endif
#ifndef MAGIC
#define MAGIC SP_MAGIC
#endif
#ifndef MAJOR
#define MAJOR SP_ABI_MAJOR
#endif
#ifndef MINOR
#define MINOR 0
#endif
#ifndef DESCRIPTOR_SIZE
#define DESCRIPTOR_SIZE sizeof(sp_plugin)
#endif
#ifndef TABLE_SIZE
#define TABLE_SIZE sizeof(sp_grant)
#endif
#ifndef DECIDE
#define DECIDE decide
#endif
#ifndef OFFER_KIND
#define OFFER_KIND SP_OFFER_GRANT
#endif
#ifndef OFFERS
#define OFFERS 1
#endif
#ifndef NAME
#define NAME "voucher"
#endif
#ifndef SCHEMA
#define SCHEMA "{\"type\":\"object\",\"additionalProperties\":false," \
  "\"properties\":{\"issuer\":{\"type\":\"string\",\"minLength\":3}}}"
#endif
#ifndef PARAMETER
#define PARAMETER "voucher"
#endif

static const sp_host *host;

static sp_status validate(void *self, const sp_host *given, const sp_setup *setup,
                          const sp_context *context) {
  (void)self, (void)setup;
#ifdef FAILING_VALIDATE
  const sp_text pointer = SP_TEXT("/issuer"), message = SP_TEXT("no such issuer");
  given->report(given, context->call, pointer, message);
  return SP_INVALID;
#else
  (void)given, (void)context;
  return SP_OK;
#endif
}

static sp_status create(void *self, const sp_host *given, const sp_setup *setup,
                        const sp_context *context, void **instance) {
  (void)self, (void)setup, (void)context, (void)instance;
#ifdef FAILING_CREATE
  const sp_text pointer = {0, 0}, message = SP_TEXT("the voucher machine is out of paper");
  given->report(given, context->call, pointer, message);
  return SP_UNAVAILABLE;
#else
  host = given;
  *instance = 0;
  return SP_OK;
#endif
}

__attribute__((unused)) static void decide(void *instance, const sp_request *request,
                                           const sp_context *context) {
  (void)instance;
  sp_decision decision = {0};
  decision.size = sizeof decision;
  decision.scopes = request->scopes;
  host->decide(host, context->call, &decision);
}

static void destroy(void *instance) { (void)instance; }

static const sp_parameter parameters[] = {
    {sizeof(sp_parameter), SP_REQUIRED, SP_TEXT(PARAMETER), {0, 0}}};
static const sp_grant_declaration declaration = {.size = sizeof(sp_grant_declaration),
                                                 .grant_type = SP_TEXT(GRANT_TYPE),
                                                 .parameters = parameters,
                                                 .parameter_count = 1};
static const sp_grant grant = {&declaration, 0, validate, create, DECIDE, 0, destroy};
static const sp_offer offers[] = {{OFFER_KIND, TABLE_SIZE, &grant}};
static const sp_plugin plugin = {
    .size = DESCRIPTOR_SIZE, .magic = MAGIC, .abi_major = MAJOR, .abi_minor = MINOR,
    .name = SP_TEXT(NAME), .version = SP_TEXT("1.0"), .config_schema = SP_TEXT(SCHEMA),
    .offers = offers, .offer_count = OFFERS};

#ifdef NO_SYMBOL
const sp_plugin *another_plugin(uint32_t major, uint32_t minor);
const sp_plugin *another_plugin(uint32_t major, uint32_t minor) {
#else
const sp_plugin *sallyport_plugin(uint32_t major, uint32_t minor) {
#endif
  (void)major, (void)minor;
#ifdef DECLINES
  (void)plugin;
  return 0;
#else
  return &plugin;
#endif
}
