// A whole grant in C. Built by the tests outside the package, as a user would:
//   cc -shared -fPIC -std=c11 -I…/include -DGRANT_TYPE='"urn:example:grant:greeting"' grant.c -o grant.so
// With -DALWAYS_DENY it refuses everybody; with -DWAITS_WHILE it hangs as long as that file exists.
#define _POSIX_C_SOURCE 200809L
#include "sallyport/plugin.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const sp_parameter parameters[] = {
    {sizeof(sp_parameter), 0, SP_TEXT("greeting"), SP_TEXT("What the client says.")}};

static const sp_grant_declaration declaration = {
    .size = sizeof(sp_grant_declaration),
#ifdef WAITS_WHILE
    .flags = SP_GRANT_CONFIDENTIAL,
#else
    .flags = SP_GRANT_PURE | SP_GRANT_CONFIDENTIAL,
#endif
    .grant_type = SP_TEXT(GRANT_TYPE),
    .parameters = parameters,
    .parameter_count = 1,
};

static sp_status validate(void *self, const sp_host *host, const sp_setup *setup,
                          const sp_context *context) {
  (void)self, (void)host, (void)setup, (void)context;
  return SP_OK;
}

static sp_status create(void *self, const sp_host *host, const sp_setup *setup,
                        const sp_context *context, void **instance) {
  (void)self, (void)setup, (void)context;
  *instance = (void *)host;
  return SP_OK;
}

static void deny(const sp_host *host, const sp_context *context) {
  sp_denial denial = {.size = sizeof denial,
                      .error = SP_TEXT("access_denied"),
                      .description = SP_TEXT("this grant does not like that"),
                      .detail = SP_TEXT("the fixture refuses")};
  host->deny(host, context->call, &denial);
}

static void decide(void *instance, const sp_request *request, const sp_context *context) {
  const sp_host *host = instance;
#ifdef WAITS_WHILE
  const struct timespec while_it_exists = {0, 20000000};
  while (access(WAITS_WHILE, F_OK) == 0) nanosleep(&while_it_exists, NULL);
#endif
#ifndef ALWAYS_DENY
  for (size_t i = 0; i < request->parameter_count; i++) {
    sp_text value = request->parameters[i].value;
    if (value.length != 5 || memcmp(value.bytes, "hello", 5) != 0) continue;
    sp_decision decision = {.size = sizeof decision,
                            .subject_from = SP_SUBJECT_CLIENT,
                            .scopes = request->scopes,
                            .response = SP_TEXT("{\"greeting\":\"hello yourself\"}")};
    host->decide(host, context->call, &decision);
    return;
  }
#else
  (void)request;
#endif
  deny(host, context);
}

static void destroy(void *instance) { (void)instance; }

static const sp_grant grant = {&declaration, NULL, validate, create, decide, NULL, destroy};
static const sp_offer offers[] = {{SP_OFFER_GRANT, sizeof(sp_grant), &grant}};
static const sp_plugin plugin = {
    .size = sizeof(sp_plugin),
    .magic = SP_MAGIC,
    .abi_major = SP_ABI_MAJOR,
    .abi_minor = 0,
    .name = SP_TEXT("grant-of-the-tests"),
    .version = SP_TEXT("1"),
    .config_schema = SP_TEXT("{\"type\":\"object\",\"additionalProperties\":false}"),
    .offers = offers,
    .offer_count = 1,
};

const sp_plugin *sallyport_plugin(uint32_t major, uint32_t minor) {
  (void)minor;
  return major == SP_ABI_MAJOR ? &plugin : NULL;
}
