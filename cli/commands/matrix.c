#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "matrix.h"
#include "matrix_json.h"
#include "matrix_table.h"
#include "options.h"
#include "request_options.h"
#include "terminal.h"

enum { PROGRAMS = 64 };

typedef struct programs {
  request_spec_t specs[PROGRAMS];
  size_t count;
} programs_t;

static bool matrix__add_program(const char *name, const char *value, void *target)
{
  programs_t *programs = target;

  if (programs->count == PROGRAMS) {
    fprintf(stderr, "sockwarden matrix: --%s: at most %d programs\n", name, PROGRAMS);
    return false;
  }
  programs->specs[programs->count++].path = value;
  return true;
}

/* What the options say of all programs alike; without --app, of one without a name. */
static void matrix__complete_programs(programs_t *programs, const request_spec_t *common)
{
  for (size_t i = 0; i < programs->count || i == 0; i++) {
    const char *path = i < programs->count ? programs->specs[i].path : "";

    programs->specs[i] = *common;
    programs->specs[i].path = path;
  }
  programs->count += programs->count == 0;
}

static int matrix__print(const policy_settings_t *settings, const char *other, const programs_t *programs,
                         bool as_json)
{
  matrix_t matrix;
  bool done = matrix_make(&matrix, settings, other, programs->specs, programs->count);

  if (done && as_json)
    matrix_json_print(&matrix);
  else if (done)
    done = matrix_table_print(&matrix, terminal_has_colours());
  if (!done)
    fprintf(stderr, "sockwarden: out of memory\n");
  size_t errors = matrix_errors(&matrix);
  matrix_free(&matrix);
  return done && errors == 0 ? EXIT_DONE : EXIT_FAILED;
}

int command_matrix(int argc, char **argv)
{
  static programs_t programs; /* large */
  policy_settings_t settings;
  request_spec_t common;
  const char *folder = NULL, *other = NULL;
  bool as_json = false;
  option_t options[REQUEST_OPTIONS_MAX + 5] = {
      {"policies", OPTION_OTHER, settings.policy_dir, "DIR", "the folder of policies, as DIR",
       request_options_folder},
      {"app", OPTION_OTHER, &programs, "PATH", "a program; may be given several times", matrix__add_program},
      {"against", OPTION_TEXT, &other, "OTHERDIR", "print only what changes from OTHERDIR to DIR", NULL},
      {"json", OPTION_SWITCH, &as_json, NULL, "print one JSON object", NULL},
  };

  policy_settings_default(&settings);
  request_spec_init(&common);
  option_t *row = request_options_process(options + 4, &common);
  request_options_settings(row, &settings);
  int status = options_parse("matrix", "DIR --app PATH [--app PATH ...] [--against OTHERDIR] [OPTIONS]",
                             options, argc, argv, &folder);
  if (status >= 0)
    return status;
  if (folder != NULL && settings.policy_dir[0]) {
    fprintf(stderr, "sockwarden matrix: unexpected argument '%s'\n", folder);
    return EXIT_USAGE;
  }
  if (folder != NULL && !request_options_folder("policies", folder, settings.policy_dir))
    return EXIT_USAGE;
  if (!settings.policy_dir[0]) {
    fprintf(stderr,
            "sockwarden matrix: no policies given. Try: sockwarden matrix policies --app 'C:\\x.exe'\n");
    return EXIT_USAGE;
  }
  matrix__complete_programs(&programs, &common);
  return matrix__print(&settings, other, &programs, as_json);
}
