#include <stdio.h>

#include "commands.h"
#include "error_names.h"
#include "loopback.h"
#include "options.h"
#include "status_print.h"

static void verify__print_json(const machine_health_t *health)
{
  json_writer_t json = {.stream = stdout};

  json_open(&json, NULL, '{');
  status_json_put_problems(&json, health);
  json_truth(&json, "healthy", health->problem_count == 0);
  json_close(&json, '}');
  json_end_line(&json);
}

static void verify__print_text(const machine_health_t *health)
{
  status_text_print_problems(health);
  if (health->problem_count)
    printf("%zu problem%s\n", health->problem_count, health->problem_count == 1 ? "" : "s");
  else
    printf("ok: the catalog is healthy; Sockwarden is %s\n",
           health->catalogs[VIEW_NATIVE].presence == PRESENCE_NONE ? "not installed" : "installed");
}

static int verify__catalogs(bool as_json)
{
  machine_health_t *health = machine_health_read();

  if (health == NULL)
    return EXIT_FAILED;
  if (as_json)
    verify__print_json(health);
  else
    verify__print_text(health);
  int status = health->problem_count ? EXIT_FAILED : EXIT_DONE;
  machine_health_free(health);
  return status;
}

/* What the installer's child does; useful by itself. */
static int verify__loopback(void)
{
  int status = EXIT_DONE;

  for (int which = 0; which < LOOPBACKS; which++) {
    int error;
    loopback_result_t result = loopback_try(which, &error, machine_policies_refuse);

    printf("%s %s", loopback_name(which), loopback_word(result));
    if (result <= LOOPBACK_REFUSED) {
      printf(" %s (%d)", error_name(error), error);
      status = EXIT_FAILED;
    }
    putchar('\n');
  }
  return status;
}

int command_verify(int argc, char **argv)
{
  bool as_json = false, loopback = false;
  const option_t options[] = {{"loopback", OPTION_SWITCH, &loopback, NULL,
                               "try TCP and UDP over IPv4 and IPv6 on loopback instead", NULL},
                              {"json", OPTION_SWITCH, &as_json, NULL, "print one JSON object", NULL},
                              {0}};
  int status = options_parse("verify", "[--loopback | --json]", options, argc, argv, NULL);

  if (status >= 0)
    return status;
  return loopback ? verify__loopback() : verify__catalogs(as_json);
}
