#include "repair_outcome.h"

#include "health.h"
#include "setup.h"
#include "setup_catalogs.h"
#include "setup_print.h"

static void repair_outcome__print(void *context, const health_problem_t *problem)
{
  const machine_catalogs_t *catalogs = context;

  setup_print_failure("%s catalog: %s. %s.", machine_catalogs_view_name(catalogs, problem->view),
                      problem->text, health_advice(problem->kind));
}

int repair_outcome(void)
{
  machine_catalogs_t now;

  if (!setup_catalogs_read(&now))
    return SETUP_FAILED;
  size_t problems = health_check(&now, repair_outcome__print, &now);
  if (problems)
    setup_print_failure("repair cannot correct %s above.", problems == 1 ? "the problem" : "the problems");
  else
    setup_print("The catalogs are healthy.");
  machine_catalogs_free(&now);
  return problems ? SETUP_FAILED : SETUP_DONE;
}
