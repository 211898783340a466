#include <stdio.h>
#include <string.h>

#include "base_catalog.h"
#include "commands.h"
#include "evaluator.h"
#include "json.h"
#include "request_json.h"
#include "request_options.h"
#include "stopwatch.h"
#include "triple_text.h"

/* The clock is read once for so many decisions. */
enum { BATCH = 256 };

typedef struct bench {
  evaluator_t *evaluator;
  double seconds; /* for each request */
  bool as_json;
  json_writer_t json;
  size_t mistakes; /* invalid requests */
} bench_t;

typedef struct measurement {
  policy_request_t request;
  policy_verdict_t verdict;
  double load_ms; /* making an engine and its first decision */
  double ns;      /* of a decision, on average */
  double best_ns; /* of the best batch: what other programs on the machine disturbed least */
  uint64_t decisions;
} measurement_t;

static bool bench__measure(bench_t *bench, const request_spec_t *spec, measurement_t *measurement)
{
  double start = stopwatch_seconds();
  policy_engine_t *engine = evaluator_engine(bench->evaluator, spec);

  if (engine == NULL)
    return false;
  measurement->request = base_catalog_request(spec);
  policy_decide(engine, &measurement->request, &measurement->verdict);
  measurement->load_ms = (stopwatch_seconds() - start) * 1e3;
  measurement->decisions = 0;
  measurement->best_ns = 1e18;
  start = stopwatch_seconds();
  double before = start, now;
  do {
    for (int i = 0; i < BATCH; i++)
      policy_decide(engine, &measurement->request, &measurement->verdict);
    measurement->decisions += BATCH;
    now = stopwatch_seconds();
    double ns = (now - before) * 1e9 / BATCH;
    if (ns < measurement->best_ns)
      measurement->best_ns = ns;
    before = now;
  } while (now - start < bench->seconds);
  measurement->ns = (now - start) * 1e9 / (double)measurement->decisions;
  return true;
}

static void bench__print_measurement(const request_spec_t *spec, const measurement_t *measurement)
{
  char triple[TRIPLE_TEXT_MAX];

  printf("%s%s%s: %s\n", triple_text(&measurement->request.effective, triple), spec->path[0] ? " by " : "",
         spec->path, policy_action_name(measurement->verdict.action));
  printf("  %10.1f ns a decision (best %.1f)\n", measurement->ns, measurement->best_ns);
  printf("  %10.0f decisions a second\n", 1e9 / measurement->ns);
  printf("  %10.2f ms from nothing to the first decision\n", measurement->load_ms);
}

static void bench__json_measurement(json_writer_t *json, const request_spec_t *spec,
                                    const measurement_t *measurement)
{
  json_open(json, NULL, '{');
  json_text(json, "app", spec->path);
  json_number(json, "af", measurement->request.effective.af);
  json_number(json, "type", measurement->request.effective.type);
  json_number(json, "protocol", measurement->request.effective.protocol);
  json_text(json, "verdict", policy_action_name(measurement->verdict.action));
  json_number(json, "decisions", (int64_t)measurement->decisions);
  json_number(json, "picoseconds", (int64_t)(measurement->ns * 1e3));
  json_number(json, "best_picoseconds", (int64_t)(measurement->best_ns * 1e3));
  json_number(json, "nanoseconds", (int64_t)(measurement->ns + 0.5));
  json_number(json, "decisions_per_second", (int64_t)(1e9 / measurement->ns));
  json_number(json, "load_microseconds", (int64_t)(measurement->load_ms * 1e3));
  json_close(json, '}');
}

static void bench__run(void *context, const request_spec_t *spec)
{
  bench_t *bench = context;
  static measurement_t measurement; /* large */

  if (!bench__measure(bench, spec, &measurement)) {
    fprintf(stderr, "sockwarden: out of memory\n");
    bench->mistakes++;
  } else if (bench->as_json) {
    bench__json_measurement(&bench->json, spec, &measurement);
  } else {
    bench__print_measurement(spec, &measurement);
  }
  fflush(stdout);
}

static void bench__refuse(void *context, const char *why)
{
  bench_t *bench = context;

  bench->mistakes++;
  fprintf(stderr, "sockwarden bench: %s\n", why);
}

int command_bench(int argc, char **argv)
{
  bench_t bench = {.json = {.stream = stdout}};
  policy_settings_t settings;
  request_spec_t spec;
  const char *folder, *file = NULL;
  uint32_t milliseconds = 1000;
  option_t options[REQUEST_OPTIONS_MAX + 4] = {
      {"request", OPTION_TEXT, &file, "FILE",
       "requests as JSON, - for stdin; options fill in what they leave out", NULL},
      {"milliseconds", OPTION_NUMBER, &milliseconds, "MS", "how long to measure each request; default 1000",
       NULL},
      {"json", OPTION_SWITCH, &bench.as_json, NULL, "print one JSON object", NULL},
  };

  policy_settings_default(&settings);
  request_spec_init(&spec);
  option_t *row = request_options_app(options + 3, &spec);
  row = request_options_call(row, &spec);
  row = request_options_process(row, &spec);
  request_options_settings(row, &settings);
  int status = options_parse("bench", "DIR [--request FILE] [OPTIONS]", options, argc, argv, &folder);
  if (status >= 0)
    return status;
  if (folder == NULL) {
    fprintf(stderr, "sockwarden bench: no folder given. Try: sockwarden bench policies\n");
    return EXIT_USAGE;
  }
  if (!request_options_folder("policies", folder, settings.policy_dir))
    return EXIT_USAGE;
  bench.seconds = milliseconds / 1e3;
  bench.evaluator = evaluator_create(&settings, NULL);
  if (bench.evaluator == NULL) {
    fprintf(stderr, "sockwarden: out of memory\n");
    return EXIT_FAILED;
  }
  if (bench.as_json) {
    json_open(&bench.json, NULL, '{');
    json_open(&bench.json, "requests", '[');
  }
  const request_reader_t reader = {&spec, &bench, bench__run, bench__refuse};
  if (file == NULL)
    bench__run(&bench, &spec);
  else if (!request_json_read_file(file, &reader))
    bench.mistakes++;
  if (bench.as_json) {
    json_close(&bench.json, ']');
    json_close(&bench.json, '}');
    json_end_line(&bench.json);
  }
  size_t errors = evaluator_errors(bench.evaluator);
  evaluator_destroy(bench.evaluator);
  return bench.mistakes ? EXIT_USAGE : errors ? EXIT_FAILED : EXIT_DONE;
}
