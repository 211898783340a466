/*
 * What Lua does in C, in loops that no jump of the program accounts for, costs instructions of the budget all
 * the same (scripting/lua/README.md). Each row makes work and says what that costs at least. A test for each
 * patch of scripting/lua/patches that spends; test_lua_compiling.c has that of the compiler.
 */
#include "fixture.h"

#include "host.h"

typedef struct cost {
  const char *setup; /* run when the policy is loaded */
  const char *body;  /* run by a decision, */
  uint64_t least;    /* which costs no less than this */
} cost_t;

#define TEXT "local s = ('x'):rep(10000) "

static uint64_t cost_of(fixture_t *fixture, const char *setup, const char *body)
{
  char policy[4096];
  int length = snprintf(policy, sizeof policy, "%s\non_socket(function() %s end)", setup, body);

  assert_true(length > 0 && (size_t)length < sizeof policy);
  fixture->settings.instruction_limit = 100000000;
  fixture_policy(fixture, policy);
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, STREAM, TCP);
  if (verdict->failed)
    fail_msg("%s: %s", body, verdict->reason);
  return verdict->cost;
}

static void assert_costs(fixture_t *fixture, const cost_t *rows, size_t count)
{
  bool cheap = false;

  for (size_t i = 0; i < count; i++) {
    uint64_t cost = cost_of(fixture, rows[i].setup, rows[i].body);

    if (cost < rows[i].least)
      print_error("%s: %llu instructions, less than %llu\n", rows[i].body, (unsigned long long)cost,
                  (unsigned long long)rows[i].least);
    cheap |= cost < rows[i].least;
  }
  assert_false(cheap);
}

#define assert_all_cost(state, rows) assert_costs(*(state), (rows), sizeof(rows) / sizeof(rows)[0])

static void loops_and_calls(void **state)
{
  static const cost_t rows[] = {
      {"", "for i = 1, 10000 do end", 10000},
      {"", "for i = 1.0, 10000.0 do end", 10000},
      {"", "local i = 0 while i < 10000 do i = i + 1 end", 60000},
      {"", "local i = 0 ::again:: i = i + 1 if i < 10000 then goto again end", 60000},
      {"local t = {} for i = 1, 1000 do t[i] = i end", "for k in next, t do end", 1000 * (2 + 4 + 1)},
      {"local function f() end", "for i = 1, 1000 do f() end", 1000 * 4},
      {"local function f(n) if n > 0 then return f(n - 1) end end", "f(1000)", 1000 * 3},
      {"local function f(n, ...) if n > 0 then return f(n - 1) end end", "f(1000)", 1000 * 3},
      {"", "for i = 1, 1000 do type(i) end", 1000 * 8},
  };

  assert_all_cost(state, rows);
}

static void values_handed_on(void **state)
{
  static const cost_t rows[] = {
      {"local function f(...) return ... end local function g(...) return f(f(f(f(...)))) end "
       "local t = table.pack(table.unpack({}, 1, 200))",
       "local n = select('#', g(table.unpack(t, 1, 200)))", 200 * 11},
      {"local a,b,c,d,e,f,g,h,i,j",
       "for n = 1, 100 do local f = function() return a,b,c,d,e,f,g,h,i,j end end", 100 * (10 + 2)},
      {"",
       "for n = 1, 100 do local a,b,c,d,e,f,g,h,i,j local f = function() return j,i,h,g,f,e,d,c,b,a end end",
       100 * (10 + 45 + 4)},
  };

  assert_all_cost(state, rows);
}

static void long_strings(void **state)
{
  static const cost_t rows[] = {
      {TEXT, "local x = s:sub(2)", 10000},
      {TEXT, "local x = s:upper()", 2 * 10000},
      {TEXT, "local x = s .. s", 20000},
      {TEXT "local a, b = s .. 'a', s .. 'b'", "for i = 1, 10 do local x = a < b end", 100000},
      {TEXT "local a, b = s .. 'a', s .. 'b'", "for i = 1, 10 do local x = a <= b end", 100000},
      {TEXT "local a, b = s .. 'a', s .. 'a'", "for i = 1, 10 do local x = a == b end", 100000},
      {TEXT "local a, b = s .. 'a', s .. 'a' local t = { [a] = 1 }", "for i = 1, 10 do local x = t[b] end",
       100000},
      {TEXT "local a, b = s .. 'a', s .. 'a' local t = { [a] = 1 }", "for i = 1, 10 do t[b] = 2 end", 100000},
      {TEXT "local t = { [s] = 'y' }", "for i = 1, 10 do s:gsub('^.+$', t) end", 300000},
  };

  assert_all_cost(state, rows);
}

static void long_strings_in_the_source(void **state)
{
  char name[1001], setup[1200], body[1200];

  memset(name, 'x', 1000);
  name[1000] = 0;
  snprintf(setup, sizeof setup, "local t = { %s = function() end }", name);
  snprintf(body, sizeof body, "for i = 1, 10 do t:%s() end", name);
  assert_true(cost_of(*state, setup, body) >= 10000);
  snprintf(body, sizeof body, "for i = 1, 10 do local x = s == '%s' end", name);
  assert_true(cost_of(*state, "local s = ('x'):rep(1000)", body) >= 10000);
}

static void numbers_and_digits(void **state)
{
  static const cost_t rows[] = {
      {"", "for i = 1, 100 do local x = tonumber('0.25') end", 100 * (20 + 5 + 8)},
      {"", "for i = 1, 100 do local x = '0.25' + 1 end", 100 * (20 + 5 + 8)},
      {"local sqrt = math.sqrt", "for i = 1, 100 do local x = sqrt('0.25') end", 100 * (20 + 4 + 8)},
      {"local s = 'x'", "for i = 1, 100 do local x = s:sub('1') end", 100 * (20 + 1 + 10)},
      {"", "for i = 1, 100 do local x = i .. '' end", 100 * (20 + 5)},
      {TEXT, "local x = tonumber(s, 36)", 10000},
      {"local fmod = math.fmod", "for i = 1, 100 do local x = fmod(1e300, 5e-324) end", 100 * (8 + 9)},
      {"local a, b = 1e300, 5e-324", "for i = 1, 100 do local x = a % b end", 100 * (8 + 5)},
  };

  assert_all_cost(state, rows);
}

static void tables(void **state)
{
  static const cost_t rows[] = {
      {"local unpack = table.unpack", "unpack({}, 1, 200)", 200},
      {"local t = {}", "table.move(t, 1, 1000, 2)", 2000},
      {"local t = {} for i = 1, 1000 do t[i] = i end for i = 1, 1000 do t[i] = nil end", "next(t)", 1000},
      {"local t = {} for i = 1, 1000 do t['k' .. i] = i end for i = 1, 1000 do t['k' .. i] = nil end",
       "next(t)", 1000},
      {TEXT "local t = { [s] = 1 }", "next(t, s)", 10000},
      {"", "local t = {} for i = 1, 1000 do t[i] = i end", 3 * 1000 + 2 * 1023},
      {"local t = { [1] = 1, [2] = 1, [4] = 1, [8] = 1, [16] = 1, [32] = 1, [64] = 1, [128] = 1 }",
       "for i = 1, 100 do local x = #t end", 100 * (2 * 8 + 3)},
  };

  assert_all_cost(state, rows);
}

static void patterns(void **state)
{
  static const cost_t rows[] = {
      {TEXT, "s:find('y')", 10000},
      {TEXT, "s:find('y?y')", 2 * 10000},
      {TEXT, "s:find('^x*y')", 2 * 10000},
      {TEXT, "s:find('^x-y')", 10000},
      {TEXT "local p = '[' .. ('y'):rep(100) .. ']'", "s:find(p)", 10000 * 2 * 101},
      {TEXT "local p = '%f[' .. ('y'):rep(100) .. ']'", "s:find(p)", 10000 * 3 * 101},
      {TEXT, "s:find('%bxy')", 10000 * 10000 / 2},
      {TEXT, "s:find('^(x+)%1y')", 10000 * 10000 / 2},
      {TEXT "local p = ('x'):rep(5000) .. 'y'", "s:find(p, 1, true)", 5000 * 5000},
      {TEXT, "s:find('y', 1, true)", 10000},
      {TEXT, "('x'):find(s)", 10000},
      {"local p = ('%1'):rep(1000)", "('x'):gsub('(y-)', p)", 2 * 1000},
  };

  assert_all_cost(state, rows);
}

static void loops_of_the_libraries(void **state)
{
  static const cost_t rows[] = {
      {"", "local x = (''):rep(10000)", 10000},
      {"local s = ('x'):rep(200)", "s:byte(1, -1)", 200},
      {"local s = ('\\0'):rep(10000)", "local x = ('%q'):format(s)", 5 * 10000},
      {"local f = ('%%'):rep(10000)", "local x = f:format()", 20000 + 10000},
      {TEXT, "local x = ('%.1s'):format(s)", 10000},
      {TEXT, "utf8.len(s)", 10000},
      {"local s = ('x'):rep(200)", "utf8.codepoint(s, 1, -1)", 200},
      {"local s = ('\\x80'):rep(10000)", "utf8.offset(s, 0, 10000)", 10000},
      {TEXT, "utf8.offset(s, 10000)", 10000},
      {TEXT, "utf8.offset(s, -10000)", 10000},
      {"local s = ('\\x80'):rep(10000) local f = utf8.codes('')", "f(s, 1)", 10000},
  };

  assert_all_cost(state, rows);
}

/* Keys that all fall into one chain, whatever the size of the table: (2^k - 1 divides them all). */
static void keys_that_collide(void **state)
{
  static const cost_t rows[] = {
      {"local keys = 3 * 7 * 15 * 31 * 63 * 127 * 255", "local t = {} for i = 1, 100 do t[i * keys] = i end",
       1000 * (25 + 99) * 75 / 2},
  };

  assert_all_cost(state, rows);
}

/* As Lua has it in lstring.c. */
static unsigned hash(const char *text, size_t length)
{
  unsigned h = luai_makeseed(NULL) ^ (unsigned)length;

  for (; length > 0; length--)
    h ^= (h << 5) + (h >> 2) + (unsigned char)text[length - 1];
  return h;
}

static void short_strings_that_collide(void **state)
{
  enum { STRINGS = 60, LENGTH = 6, LOW_BITS = 0xffff };
  char setup[STRINGS * LENGTH + 20] = "local s = '", *end = setup + strlen(setup);

  for (unsigned long number = 0; end < setup + 11 + STRINGS * LENGTH; number++) {
    char text[20];

    snprintf(text, sizeof text, "%06lx", number & 0xffffff);
    if ((hash(text, LENGTH) & LOW_BITS) == 0)
      end += sprintf(end, "%s", text);
  }
  strcpy(end, "'");
  assert_true(cost_of(*state, setup, "local t = {} for i = 1, #s, 6 do t[#t + 1] = s:sub(i, i + 5) end") >=
              1000 * (25 + 59) * 35 / 2);
}

/* Garbage beside what fills the memory limit almost: Lua collects when nothing is left. */
static void emergency_collections(void **state)
{
  static const cost_t rows[] = {
      {"", "local s = ('x'):rep(450000) local t = s:sub(50000) for i = 1, 100000 do local x = {} end",
       2100000 + 10 * 850000 / 8},
  };

  assert_all_cost(state, rows);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(loops_and_calls),
      fixture_test(values_handed_on),
      fixture_test(long_strings),
      fixture_test(long_strings_in_the_source),
      fixture_test(numbers_and_digits),
      fixture_test(tables),
      fixture_test(patterns),
      fixture_test(loops_of_the_libraries),
      fixture_test(keys_that_collide),
      fixture_test(short_strings_that_collide),
      fixture_test(emergency_collections),
  };

  return cmocka_run_group_tests_name("scripting: what Lua spends", tests, NULL, NULL);
}
