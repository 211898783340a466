#include "policy.h"
#include <stdlib.h>
#include <string.h>
struct policy_engine { int unused; };
void policy_settings_default(policy_settings_t *s) { memset(s, 0, sizeof *s); s->instruction_limit = 1000000; s->memory_limit_kib = 1024; }
policy_engine_t *policy_engine_create(const policy_host_t *host) { (void)host; return calloc(1, sizeof(policy_engine_t)); }
void policy_engine_destroy(policy_engine_t *e) { free(e); }
void policy_decide(policy_engine_t *e, const policy_request_t *r, policy_verdict_t *v) { (void)e; memset(v, 0, sizeof *v); v->triple = r->effective; }
