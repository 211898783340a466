#include "upcalls.h"

#include "startup_lock.h"

static WSPUPCALLTABLE latest;
static volatile LPWPUMODIFYIFSHANDLE modify_ifs_handle;

void upcalls_use(const WSPUPCALLTABLE *table)
{
  latest = *table;
  modify_ifs_handle = table->lpWPUModifyIFSHandle;
}

void upcalls_forget(void)
{
  modify_ifs_handle = NULL;
}

WSPUPCALLTABLE upcalls_latest(void)
{
  startup_lock();
  WSPUPCALLTABLE table = latest;
  startup_unlock();
  return table;
}

LPWPUMODIFYIFSHANDLE upcalls_modify_ifs_handle(void)
{
  return modify_ifs_handle;
}
