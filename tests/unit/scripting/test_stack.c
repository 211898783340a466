/* What a decision and a load need of the stack of a thread that is somebody else's: under 32 KiB and 128 KiB.
 * Measured by painting the stack below, running, and looking how far down the paint is gone. */
#include "fixture.h"

enum { KIB = 1024, DECISION = 32 * KIB, LOAD = 128 * KIB, PAINTED = 1024 * KIB, PAINT = 0x5a };

/* ---- measuring ---- */

static uintptr_t bottom;

__attribute__((noinline)) static void paint(void)
{
  volatile unsigned char here[PAINTED];

  for (size_t i = 0; i < sizeof here; i++)
    here[i] = PAINT;
  bottom = (uintptr_t)here; /* a number: it outlives the array */
}

__attribute__((noinline)) static size_t used(void)
{
  const volatile unsigned char *painted = (const volatile unsigned char *)bottom;
  size_t clean = 0;

  while (clean < PAINTED && painted[clean] == PAINT)
    clean++;
  assert_true(clean > 0); /* else it went deeper than the paint */
  return PAINTED - clean;
}

/* ---- the engine, under a host that counts looks ---- */

static int settings_read;
static policy_engine_t *engine;

static void read_settings(void *context, policy_settings_t *settings)
{
  const fixture_t *fixture = context;

  settings_read++;
  strcpy(settings->policy_dir, fixture->folder);
}

static bool read_attribute(void *context, policy_attribute_t attribute, policy_attribute_value_t *value)
{
  (void)context;
  (void)attribute;
  *value = (policy_attribute_value_t){"CORP\\alice", 7, true};
  return true;
}

static void ignore_report(void *context, const policy_report_t *report)
{
  (void)context;
  (void)report;
}

__attribute__((noinline)) static void decide(void)
{
  static policy_verdict_t verdict; /* the provider's is on its own part of the stack: 1.5 KiB */
  static const policy_request_t request = {.requested = {INET, STREAM, TCP},
                                           .effective = {INET, STREAM, TCP}};

  policy_decide(engine, &request, &verdict);
}

static void start(fixture_t *fixture, const char *source)
{
  policy_host_t host = {.context = fixture,
                        .read_settings = read_settings,
                        .read_attribute = read_attribute,
                        .report = ignore_report};

  fixture_write(fixture, "10-test.lua", source);
  engine = policy_engine_create(&host);
  assert_non_null(engine);
}

/* Of a decision that did not look at the folder: that is a load. */
static size_t decision(fixture_t *fixture, const char *body)
{
  static char source[8192];
  size_t most = 0;
  int measured = 0;

  snprintf(source, sizeof source, "on_socket(function(request)\n%s\nend)\n", body);
  start(fixture, source);
  decide();
  while (measured < 2) { /* the first in a state and a later one */
    int before = settings_read;

    paint();
    decide();
    size_t bytes = used();
    if (settings_read != before)
      continue;
    most = bytes > most ? bytes : most;
    measured++;
  }
  policy_engine_destroy(engine);
  return most;
}

static size_t load(fixture_t *fixture, const char *source)
{
  start(fixture, source);
  paint();
  decide();
  size_t bytes = used();
  policy_engine_destroy(engine);
  return bytes;
}

static const char *const bodies[] = {
    "return nil",
    "return reject(WSAEACCES, tostring(request.app.user) .. request.provider .. request.app.path)",
    "local r = request local a = r.app log(table.concat({r.af, r.type, r.protocol, r.requested.af, r.flags, "
    "tostring(r.overlapped), tostring(r.shared), r.provider, r.catalog_id, a.name, a.path, a.pid, "
    "a.command_line, "
    "a.user, a.sid, tostring(a.elevated), tostring(a.service), a.session}, ' '))",
    "local function f(n) return 1 + f(n) end f(1)",
    "local function f(s) return (s:gsub('.', f)) end f('a')",
    "local function f(s) local n = s:gsub('(.)(.)', function(a, b) return f(a .. b) end) return n end "
    "f('ab')",
    "local function f() table.sort({3, 2, 1}, function(a, b) f() return a < b end) end f()",
    "local s = ('a'):rep(20000) s:find(('(a'):rep(30) .. (')'):rep(30))",
    "local s = ('a'):rep(20000) s:find(('a?'):rep(3000) .. 'b')",
    "local s = ('a'):rep(300) s:find(('a-'):rep(300) .. 'b')",
    "local s = ('a'):rep(300) s:gsub(('a*'):rep(190) .. 'b', '')",
    "local s = ('()'):rep(30) s:match(s .. ('a?'):rep(190))",
    "local t = {} for i = 1, 200 do t[i] = i end return string.format('%99.99f', 1e300), table.unpack(t)",
    "local t = {} for i = 1, 20000 do t[i] = -i end table.sort(t)",
    "local t = {} for i = 1, 20000 do t[i] = (i * 7919) % 104729 end table.sort(t, function(a, b) return "
    "true end)",
    "error(('x'):rep(100000))",
    "error({})",
    "local t = nil t.x.y = 1",
    "assert(false, ('y'):rep(5000))",
    "log(('z'):rep(100000)) return rewrite { type = SOCK_DGRAM, reason = ('w'):rep(10000) }",
    "return reject('nonsense')",
    "return 42",
    "return tostring(1e300) .. ('%q'):format(('\\0'):rep(5000)) .. ('%a'):format(0.1) .. "
    "tonumber('0x1.8p1000')",
    "while true do end",
    /* the deepest pattern, and the longest number, in the deepest callback */
    "local n = 0 local function f(s) n = n + 1 local x = n > 5 and ('%99.99f'):format(-1e308) "
    "return (s:gsub('.', f)) end f('a')",
    "local n = 0 local function f(s) n = n + 1 local p = ('a'):rep(90) p:find(('a?'):rep(n > 5 and 97 or 1) "
    ".. 'b') "
    "return (s:gsub('.', f)) end f('a')",
    "local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end",
    "local x = select('#', table.unpack({}, 1, 200000))",
    "for a, b in ('k=v, '):rep(1000):gmatch('(%w+)=(%w+)') do local c = a .. b end",
};

static void decisions(void **state)
{
  size_t worst = 0, which = 0;

  for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
    size_t bytes = decision(*state, bodies[i]);

    if (bytes > worst)
      worst = bytes, which = i;
    if (bytes >= DECISION)
      print_error("%lu bytes of stack: %s\n", (unsigned long)bytes, bodies[i]);
  }
  print_message("           the most a decision needed: %lu bytes of stack (%s)\n", (unsigned long)worst,
                bodies[which]);
  assert_true(worst > 1000 && worst < DECISION);
}

/* `open` so often, then `middle`, then `close` as often. */
static const char *nested(const char *head, const char *open, const char *middle, const char *close,
                          int depth)
{
  static char source[64 * KIB];
  char *end = source + sprintf(source, "%s", head);

  for (int i = 0; i < depth; i++)
    end += sprintf(end, "%s", open);
  end += sprintf(end, "%s", middle);
  for (int i = 0; i < depth; i++)
    end += sprintf(end, "%s", close);
  return source;
}

static void loads(void **state)
{
  static const struct {
    const char *head, *open, *middle, *close;
  } nests[] = {
      {"local x = ", "(", "1", ")"},
      {"local x = ", "{", "", "}"},
      {"local x = ", "not ", "1", ""},
      {"local x = ", "- ", "1", ""},
      {"local x = 1", " .. 'a'", "", ""},
      {"local x = ", "1 ^ ", "1", ""},
      {"", "do ", "", " end"},
      {"", "if x then ", "", " end"},
      {"", "while false do ", "", " end"},
      {"", "for i = 1, 1 do ", "", " end"},
      {"", "repeat ", "", " until true"},
      {"", "local function f() ", "", " end"},
      {"local x = ", "function() return ", "1", " end"},
      {"x = ", "f{a = ", "1", "}"},
      {"x = ", "f(", "1", ")"},
      {"", "a.", "b = 1", ""},
      {"", "a,", "a = 1", ""},
      {"rule { app = ", "{", "'x'", "} , verdict = allow() }"},
      {"rule { name = 'n', verdict = allow(), af = ", "none_of {", "AF_INET", "}"},
  };
  static const int depths[] = {10, 60, 190, 199, 1000};
  size_t worst = 0, which = 0;

  for (size_t i = 0; i < sizeof nests / sizeof nests[0]; i++)
    for (size_t d = 0; d < sizeof depths / sizeof depths[0]; d++) {
      size_t bytes =
          load(*state, nested(nests[i].head, nests[i].open, nests[i].middle, nests[i].close, depths[d]));

      if (bytes > worst)
        worst = bytes, which = i;
      if (bytes >= LOAD)
        print_error("%lu bytes of stack: %s%s... (%d deep)\n", (unsigned long)bytes, nests[i].head,
                    nests[i].open, depths[d]);
    }
  for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
    size_t bytes = load(*state, bodies[i]); /* the same bombs, going off while loading */

    worst = bytes > worst ? bytes : worst;
    if (bytes >= LOAD)
      print_error("%lu bytes of stack, loading: %s\n", (unsigned long)bytes, bodies[i]);
  }
  print_message("           the most a load needed: %lu bytes of stack (%s%s...)\n", (unsigned long)worst,
                nests[which].head, nests[which].open);
  assert_true(worst > 1000 && worst < LOAD);
}

int main(void)
{
  const struct CMUnitTest tests[] = {fixture_test(decisions), fixture_test(loads)};

  return cmocka_run_group_tests_name("scripting: stack", tests, NULL, NULL);
}
