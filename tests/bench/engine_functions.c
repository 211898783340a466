#include "engine_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bare_lua.h"
#include "policies.h"

static void decide_same(void *context, size_t count)
{
  policy_verdict_t verdict;

  for (size_t i = 0; i < count; i++)
    policy_decide(context, &policies_requests[REQUEST_TCP], &verdict);
}

static void decide_all(void *context, size_t count)
{
  policy_verdict_t verdict;

  for (size_t i = 0; i < count; i++)
    policy_decide(context, &policies_requests[i % REQUESTS], &verdict);
}

/* Calls that nobody made before: nothing is remembered about them. */
static void decide_unseen(void *context, size_t count)
{
  static uint32_t flags;
  policy_verdict_t verdict;

  for (size_t i = 0; i < count; i++) {
    policy_request_t request = policies_requests[i % REQUESTS];

    request.flags = flags += 256;
    policy_decide(context, &request, &verdict);
  }
}

/* The request's table stands as it is. */
static void call_same(void *context, size_t count)
{
  for (size_t i = 0; i < count; i++)
    bare_lua_call(context);
}

/* The request's fields are written anew for each call. */
static void call_all(void *context, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    bare_lua_show(context, &policies_requests[i % REQUESTS]);
    bare_lua_call(context);
  }
}

/* What several functions or rules come to as one source. The caller frees it. */
static char *join(size_t count, void (*source)(char *text, size_t size, size_t index), const char *head,
                  const char *tail)
{
  enum { EACH = 512 };
  char *text = malloc(count * EACH + 1024), *end = text;

  if (text == NULL)
    abort();
  end += sprintf(end, "%s", head);
  for (size_t i = 0; i < count; i++) {
    source(end, EACH, i);
    end += strlen(end);
  }
  strcpy(end, tail);
  return text;
}

void bench_functions(const bench_options_t *options)
{
  static const size_t counts[] = {1, 10, 100};
  enum { COUNTS = sizeof counts / sizeof counts[0] };
  policy_engine_t *engines[COUNTS];
  bare_lua_t *bare[COUNTS];

  if (!bench_wanted(options, "on_socket"))
    return;
  for (size_t i = 0; i < COUNTS; i++) {
    size_t count = counts[i];
    char *source = join(count, policies_function, "", "");
    const char *same = bench_name("%zu bare lua_pcall, the same request again", count);
    const char *all = bench_name("%zu bare lua_pcall, six requests in turn", count);

    engines[i] = policies_engine(policies_of_functions(count));
    bare[i] = bare_lua_open(source);
    free(source);
    bench_add("on_socket", same, NULL, call_same, bare[i]);
    bench_add("on_socket", bench_name("%zu on_socket, the same request again", count), same, decide_same,
              engines[i]);
    bench_add("on_socket", all, NULL, call_all, bare[i]);
    bench_add("on_socket", bench_name("%zu on_socket, six requests in turn", count), all, decide_all,
              engines[i]);
  }
  bench_run(options);
  for (size_t i = 0; i < COUNTS; i++) {
    policy_engine_destroy(engines[i]);
    bare_lua_close(bare[i]);
  }
}

/* ---- the rules as somebody would write them in Lua ---- */

typedef struct hand_rule {
  int af, type, protocol;
} hand_rule_t;

static hand_rule_t hand_rule(size_t index, size_t count)
{
  static const int families[] = {2, 23};

  if (index == count - 1)
    return (hand_rule_t){2, 3, 1};
  return (hand_rule_t){families[index / 3 % 2], (int)(index % 3) + 1, 100 + (int)(index % 150)};
}

static size_t hand_count; /* of the set being written */

static void chain_link(char *text, size_t size, size_t index)
{
  hand_rule_t rule = hand_rule(index, hand_count);

  snprintf(text, size, "  if af == %d and type == %d and protocol == %d then return reject(WSAEACCES) end\n",
           rule.af, rule.type, rule.protocol);
}

static void table_row(char *text, size_t size, size_t index)
{
  hand_rule_t rule = hand_rule(index, hand_count);

  snprintf(text, size, "  { af = %d, type = %d, protocol = %d, verdict = reject(WSAEACCES) },\n", rule.af,
           rule.type, rule.protocol);
}

void bench_by_hand(const bench_options_t *options)
{
  static const size_t counts[] = {10, 100, 1000};
  size_t sizes = options->smoke ? 1 : 3;
  policy_engine_t *engines[3];
  bare_lua_t *bare[6];

  if (!bench_wanted(options, "by hand"))
    return;
  for (size_t i = 0; i < sizes; i++) {
    hand_count = counts[i];
    const char *ours = bench_name("%zu rules, Sockwarden", hand_count);
    char *chain = join(hand_count, chain_link,
                       "on_socket(function(request)\n"
                       "  local af, type, protocol = request.af, request.type, request.protocol\n",
                       "end)\n");
    char *table = join(hand_count, table_row, "local rules = {\n",
                       "}\n"
                       "on_socket(function(request)\n"
                       "  local af, type, protocol = request.af, request.type, request.protocol\n"
                       "  for i = 1, #rules do\n"
                       "    local rule = rules[i]\n"
                       "    if rule.af == af and rule.type == type and rule.protocol == protocol then\n"
                       "      return rule.verdict\n"
                       "    end\n"
                       "  end\n"
                       "end)\n");
    engines[i] = policies_engine(policies_of_rules(hand_count, hand_count, MATCH_LAST));
    bare[2 * i] = bare_lua_open(chain);
    bare[2 * i + 1] = bare_lua_open(table);
    free(chain);
    free(table);
    bench_add("by hand", ours, NULL, decide_all, engines[i]);
    bench_add("by hand", bench_name("%zu rules, Sockwarden, calls never seen before", hand_count), ours,
              decide_unseen, engines[i]);
    bench_add("by hand", bench_name("%zu rules, Lua 5.4 if-chain", hand_count), ours, call_all, bare[2 * i]);
    bench_add("by hand", bench_name("%zu rules, Lua 5.4 table loop", hand_count), ours, call_all,
              bare[2 * i + 1]);
  }
  bench_run(options);
  for (size_t i = 0; i < sizes; i++) {
    policy_engine_destroy(engines[i]);
    bare_lua_close(bare[2 * i]);
    bare_lua_close(bare[2 * i + 1]);
  }
}
