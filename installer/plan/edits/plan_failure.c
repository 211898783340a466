#include "plan_failure.h"

#include <stdarg.h>
#include <stdio.h>

#include "catalog_text.h"

plan_status_t plan_fail(plan_failure_t *failure, plan_status_t status, const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  vsnprintf(failure->text, sizeof failure->text, format, arguments);
  va_end(arguments);
  return status;
}

plan_status_t plan_check_id(const catalog_model_t *catalog, const catalog_model_entry_t *entry,
                            plan_failure_t *failure)
{
  char name[CATALOG_TEXT_NAME];

  if (catalog_model_find_id(catalog, entry->info.id) == entry)
    return PLAN_OK;
  catalog_text_name(&entry->info, name);
  return plan_fail(
      failure, PLAN_IMPOSSIBLE,
      "\"%s\" has the same id as another entry (%u), so Winsock cannot change or order either. Run netsh "
      "winsock reset, restart, and reinstall the products that add layers",
      name, (unsigned)entry->info.id);
}

plan_status_t plan_check_ids(const catalog_model_t *catalog, plan_failure_t *failure)
{
  plan_status_t status = PLAN_OK;

  for (size_t i = 0; i < catalog->count && !status; i++)
    status = plan_check_id(catalog, &catalog->entries[i], failure);
  return status;
}

plan_status_t plan_finish(plan_t *plan, plan_status_t status, plan_failure_t *failure)
{
  if (status == PLAN_OK)
    return PLAN_OK;
  plan_free(plan);
  if (failure->text[0])
    return status;
  return status == PLAN_NO_MEMORY
             ? plan_fail(failure, status, "out of memory. Close programs and try again")
             : plan_fail(failure, status, "Winsock would refuse the changes. Run: sockwarden verify");
}
