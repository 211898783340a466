#include <stdio.h>

#include "commands.h"
#include "options.h"
#include "status_print.h"

int command_status(int argc, char **argv)
{
  static machine_policies_t policies; /* the settings alone are large */
  bool as_json = false;
  const option_t options[] = {{"json", OPTION_SWITCH, &as_json, NULL, "print one JSON object", NULL}, {0}};
  int status = options_parse("status", "[--json]", options, argc, argv, NULL);

  if (status >= 0)
    return status;
  machine_health_t *health = machine_health_read();
  if (health == NULL)
    return EXIT_FAILED;
  bool loaded = machine_policies_load(&policies);
  if (!loaded)
    fprintf(stderr, "sockwarden: out of memory\n");
  else if (as_json)
    status_json_print(health, &policies);
  else
    status_text_print(health, &policies);
  machine_health_free(health);
  return loaded ? EXIT_DONE : EXIT_FAILED;
}
