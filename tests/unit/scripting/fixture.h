/*
 * fixture.h - what the engine's tests share: a folder of policies on disk, and a fake host that has
 * settings and attributes, keeps reports, and counts (or fails) every allocation. Each test gets its own
 * (cmocka setup and teardown); teardown fails the test where the engine leaked.
 */
#ifndef SOCKWARDEN_TEST_FIXTURE_H
#define SOCKWARDEN_TEST_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "policy_tools.h"

enum { UNIX = 1, INET = 2, INET6 = 23 };
enum { STREAM = 1, DGRAM = 2, RAW = 3 };
enum { ICMP = 1, TCP = 6, UDP = 17 };
enum { EACCES_CODE = 10013 };

enum { FIXTURE_REPORTS = 128, FIXTURE_REPORT_MAX = 800 };

typedef struct fixture {
  char folder[512];
  policy_settings_t settings; /* what the host reads; setup sets the folder */

  /* of the process; setup makes them those of C:\Tools\Probe.exe, run by CORP\alice */
  policy_attribute_value_t attributes[POLICY_ATTRIBUTE_COUNT];
  bool unknown[POLICY_ATTRIBUTE_COUNT]; /* cannot be had */
  atomic_int attribute_reads[POLICY_ATTRIBUTE_COUNT];

  /* reports so far, as "file:line: severity: message [subject] [correction] [advice]" */
  char reports[FIXTURE_REPORTS][FIXTURE_REPORT_MAX];
  size_t report_count;
  atomic_flag reporting;

  atomic_long blocks;      /* allocated and not freed */
  atomic_long allocations; /* so far */
  atomic_long bytes, most_bytes;
  long fail_from, fail_until; /* allocations with a number in [from, until) fail; 0, 0: none */

  void (*during)(struct fixture *fixture,
                 long allocation); /* called before each allocation; NULL: nothing is */

  policy_engine_t *engine; /* made by fixture_engine */
  policy_verdict_t verdict;
} fixture_t;

int fixture_setup(void **state);
int fixture_teardown(void **state);

/* A cmocka test with a fixture. */
#define fixture_test(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

/* ---- files ---- */

void fixture_write(fixture_t *fixture, const char *name, const char *text);
void fixture_write_bytes(fixture_t *fixture, const char *name, const void *bytes, size_t size);
void fixture_remove(fixture_t *fixture, const char *name);

/* Where a file of the folder is. */
void fixture_path(const fixture_t *fixture, const char *name, char *path, size_t size);

/* ---- the engine ---- */

policy_engine_t *fixture_engine(fixture_t *fixture);
void fixture_drop_engine(fixture_t *fixture);

/* A fresh engine over a folder that holds this one policy as 10-test.lua; reports are forgotten. */
void fixture_policy(fixture_t *fixture, const char *text);

policy_request_t fixture_request(int32_t af, int32_t type, int32_t protocol);

/* Decide, and keep the verdict in fixture->verdict. */
const policy_verdict_t *fixture_ask(fixture_t *fixture, const policy_request_t *request);
const policy_verdict_t *fixture_decide(fixture_t *fixture, int32_t af, int32_t type, int32_t protocol);

/* Look at the folder and the settings now; returns the errors found. */
size_t fixture_load(fixture_t *fixture);

/* ---- what came of it, in words ---- */

/* "allow", "reject 10013" or "rewrite 2/1/6". Valid until the next call. */
const char *fixture_says(const policy_verdict_t *verdict);

/* "10-test.lua:3", or "" where no step decided. Valid until the next call. */
const char *fixture_by(const policy_verdict_t *verdict);

/* The first report that holds the text, or NULL; how many hold it. */
const char *fixture_report(const fixture_t *fixture, const char *text);
size_t fixture_count_reports(const fixture_t *fixture, const char *text);
void fixture_forget_reports(fixture_t *fixture);

/* Fail the test unless text holds the part. */
#define assert_holds(text, part) fixture_assert_holds((text), (part), __FILE__, __LINE__)
void fixture_assert_holds(const char *text, const char *part, const char *file, int line);

/* A policy whose every statement must hold, run while deciding: fails the test with the policy's own message.
 */
void fixture_assert_lua(fixture_t *fixture, const char *body);

#endif
