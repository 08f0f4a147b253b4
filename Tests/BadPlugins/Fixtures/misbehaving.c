/* A grant that breaks its contract in the way that the request's parameter `behaviour` names, and
 * tells in the claim `status` what the host answered to that, where there is a next time. */
#define _POSIX_C_SOURCE 200809L
#include <sallyport/plugin.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const sp_host *host;
static sp_status last_status = -1, created_status = -1;
static char large[70000];

static int is(const sp_text text, const char *word) {
  return text.length == strlen(word) && memcmp(text.bytes, word, text.length) == 0;
}

static sp_text text(const char *string) {
  const sp_text result = {string, strlen(string)};
  return result;
}

static void sleep_milliseconds(long milliseconds) {
  const struct timespec span = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  nanosleep(&span, NULL);
}

static sp_decision plain(const sp_request *request) {
  sp_decision decision;
  memset(&decision, 0, sizeof decision);
  decision.size = sizeof decision;
  decision.scopes = request->scopes;
  return decision;
}

static void claim_status(sp_decision *decision, char *buffer, size_t size, int status) {
  snprintf(buffer, size, "{\"status\":%d}", status);
  decision->claims = text(buffer);
}

static void *answer_late(void *argument) {
  sp_decision decision;
  memset(&decision, 0, sizeof decision);
  decision.size = sizeof decision;
  sleep_milliseconds(50);
  last_status = host->decide(host, *(uint64_t *)argument, &decision);
  return NULL;
}

static void receive_text(void *to, sp_text json) { *(size_t *)to = json.length; }
static void receive_record(void *to, const sp_record *record) {
  *(size_t *)to = record->value.length;
}

/* The services, by their capability. */
static int use_service(const sp_text behaviour, const sp_context *context) {
  size_t length = 0;
  unsigned char bytes[16];
  const sp_bytes key = {"key", 3};
  sp_change change;
  memset(&change, 0, sizeof change);
  change.size = sizeof change;
  change.action = SP_PUT;
  change.kind = text("kind");
  change.key = key;
  if (is(behaviour, "log")) return host->log(host, 1, text("voucher.seen"), text("hello"));
  if (is(behaviour, "metrics")) return host->metric(host, text("vouchers"), 1);
  if (is(behaviour, "random")) return host->random(host, bytes, sizeof bytes);
  if (is(behaviour, "state_get"))
    return host->state_get(host, context->call, text("kind"), key, receive_record, &length);
  if (is(behaviour, "state_apply")) return host->state_apply(host, context->call, &change, 1);
  if (is(behaviour, "client.get"))
    return host->ask(host, context->call, behaviour, text("{}"), receive_text, &length);
  if (is(behaviour, "no.such.service"))
    return host->ask(host, context->call, behaviour, text("{}"), receive_text, &length);
  if (is(behaviour, "last_status")) return last_status;
  if (is(behaviour, "created_status")) return created_status;
  if (is(behaviour, "wrong_call")) {
    sp_decision decision;
    memset(&decision, 0, sizeof decision);
    decision.size = sizeof decision;
    return host->decide(host, context->call + ((uint64_t)1 << 40), &decision);
  }
  if (is(behaviour, "text_for_another_call"))
    return host->text(host, context->call + 1, text("{}"));
  return -1;
}

static void deny_with(const sp_context *context, const char *error, const char *description) {
  sp_denial denial;
  memset(&denial, 0, sizeof denial);
  denial.size = sizeof denial;
  denial.error = text(error);
  denial.description = text(description);
  denial.detail = text("the voucher was printed by a child");
  last_status = host->deny(host, context->call, &denial);
}

/* What the decision itself has wrong. */
static void spoil(sp_decision *decision, const sp_text behaviour) {
  static const sp_text wide[] = {SP_TEXT("api.read"), SP_TEXT("admin.everything")};
  static const sp_text spaced[] = {SP_TEXT("two words")};
  static const sp_mark marks[] = {{sizeof(sp_mark), {"x", 1}, 1}};
  if (is(behaviour, "too_large")) decision->claims = (sp_text){large, sizeof large};
  if (is(behaviour, "not_utf8")) decision->claims = text("{\"x\":\"\xff\xfe\"}");
  if (is(behaviour, "bad_json")) decision->claims = text("{\"x\":1,\"x\":2}");
  if (is(behaviour, "not_an_object")) decision->response = text("[1]");
  if (is(behaviour, "reserved_claim")) decision->claims = text("{\"sub\":\"root\"}");
  if (is(behaviour, "reserved_member")) decision->response = text("{\"access_token\":\"x\"}");
  if (is(behaviour, "wider_scope")) decision->scopes = (sp_texts){wide, 2};
  if (is(behaviour, "bad_scope")) decision->scopes = (sp_texts){spaced, 1};
  if (is(behaviour, "missing_items")) decision->scopes = (sp_texts){NULL, 3};
  if (is(behaviour, "short_struct")) decision->size = 8;
  if (is(behaviour, "asserted")) {
    decision->subject_from = SP_SUBJECT_ASSERTED;
    decision->subject = text("somebody");
  }
  if (is(behaviour, "odd_subject")) decision->subject_from = 77;
  if (is(behaviour, "negative_lifetime")) decision->access_token_lifetime = -1;
  if (is(behaviour, "lifetime")) decision->access_token_lifetime = 60000;
  if (is(behaviour, "marks")) decision->marks = marks, decision->mark_count = 1;
  if (is(behaviour, "null_text")) decision->claims = (sp_text){NULL, 12};
}

static void decide(void *instance, const sp_request *request, const sp_context *context) {
  static uint64_t call;
  pthread_t thread;
  char buffer[64], seen[1024];
  const sp_text behaviour = request->parameter_count > 0 ? request->parameters[0].value : text("");
  sp_decision decision = plain(request);
  (void)instance;
  if (is(behaviour, "never")) return;
  if (is(behaviour, "late")) {
    call = context->call;
    if (pthread_create(&thread, NULL, answer_late, &call) == 0) pthread_detach(thread);
    return;
  }
  if (is(behaviour, "sleep")) sleep_milliseconds(400);
  if (is(behaviour, "null")) { last_status = host->decide(host, context->call, NULL); return; }
  if (is(behaviour, "denied")) { deny_with(context, "invalid_grant", "No such voucher."); return; }
  if (is(behaviour, "odd_error")) { deny_with(context, "out_of_paper", ""); return; }
  if (is(behaviour, "look")) {
    snprintf(seen, sizeof seen, "{\"how\":\"%.*s\",\"allowed\":%d,\"client\":%.*s}",
             (int)request->client_authentication.length, request->client_authentication.bytes,
             (int)request->allowed_scopes.count, (int)request->client_metadata.length,
             request->client_metadata.bytes);
    decision.claims = text(seen);
  } else if (is(behaviour, "count_parameters"))
    claim_status(&decision, buffer, sizeof buffer, (int)request->parameter_count);
  else if (use_service(behaviour, context) != -1)
    claim_status(&decision, buffer, sizeof buffer, use_service(behaviour, context));
  spoil(&decision, behaviour);
  last_status = host->decide(host, context->call, &decision);
  if (is(behaviour, "twice")) last_status = host->decide(host, context->call, &decision);
  if (is(behaviour, "yes_and_no")) deny_with(context, "invalid_grant", "On second thought.");
}

/* Puts a record of its own and reads it back: 0 if both went well and the value is the same. */
static sp_status keep_state(const sp_host *given, const sp_context *context) {
  const sp_bytes key = {"key", 3};
  size_t length = 0;
  sp_status status;
  sp_change change;
  memset(&change, 0, sizeof change);
  change.size = sizeof change;
  change.action = SP_PUT;
  change.kind = text("kind");
  change.key = key;
  change.value = (sp_bytes){"12345", 5};
  status = given->state_apply(given, context->call, &change, 1);
  if (status != SP_OK) return status;
  change.expect = SP_ABSENT;
  if (given->state_apply(given, context->call, &change, 1) != SP_CONFLICT) return SP_FAILED;
  status = given->state_get(given, context->call, text("kind"), key, receive_record, &length);
  return status == SP_OK && length != 5 ? SP_FAILED : status;
}

static sp_status validate(void *self, const sp_host *given, const sp_setup *setup,
                          const sp_context *context) {
  (void)self, (void)setup, (void)context;
  /* Nothing is granted while a config is merely checked. */
  if (given->ask(given, context->call, text("client.get"), text("{}"), receive_text, NULL) !=
      SP_DENIED)
    return SP_FAILED;
  return SP_OK;
}

static sp_status create(void *self, const sp_host *given, const sp_setup *setup,
                        const sp_context *context, void **instance) {
  (void)self, (void)instance;
  if (setup->config.length > 2) created_status = keep_state(given, context);
  memset(large, ' ', sizeof large);
  large[0] = '{', large[sizeof large - 1] = '}';
  host = given;
  return SP_OK;
}

static void destroy(void *instance) { (void)instance; }

static const sp_parameter parameters[] = {
    {sizeof(sp_parameter), SP_REQUIRED, SP_TEXT("behaviour"), {NULL, 0}}};
static const sp_grant_declaration declaration = {
    .size = sizeof(sp_grant_declaration), .flags = SP_GRANT_PURE,
    .grant_type = SP_TEXT("urn:example:grant-type:misbehaving"), .parameters = parameters,
    .parameter_count = 1};
static const sp_grant grant = {&declaration, NULL, validate, create, decide, NULL, destroy};
static const sp_offer offers[] = {{SP_OFFER_GRANT, sizeof grant, &grant}};
static const sp_plugin plugin = {
    .size = sizeof plugin, .magic = SP_MAGIC, .abi_major = SP_ABI_MAJOR,
    .name = SP_TEXT("misbehaving"), .version = SP_TEXT("1.0"),
    .config_schema = SP_TEXT("{\"type\":\"object\"}"), .offers = offers, .offer_count = 1};

const sp_plugin *sallyport_plugin(uint32_t major, uint32_t minor) {
  (void)major, (void)minor;
  return &plugin;
}
