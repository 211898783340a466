#include "current_catalog.h"

#include "startup_lock.h"

static catalog_t *current;

catalog_t *current_catalog_acquire(DWORD id)
{
  catalog_t *catalog = NULL, *stale = NULL;

  startup_lock();
  if (current != NULL && catalog_find(current, id) != NULL)
    catalog = catalog_share(current);
  startup_unlock();
  if (catalog != NULL)
    return catalog;

  catalog = catalog_read();
  startup_lock();
  if (catalog != NULL) {
    stale = current;
    current = catalog_share(catalog);
  } else if (current != NULL) {
    catalog = catalog_share(current);
  }
  startup_unlock();
  catalog_release(stale);
  return catalog;
}

catalog_t *current_catalog_detach(void)
{
  catalog_t *detached = current;

  current = NULL;
  return detached;
}
