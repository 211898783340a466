#include "session.h"

#include <string.h>

int session_setup(void **state)
{
  (void)state;
  fake_catalog_usual();
  fake_providers_reset();
  fake_policy_reset();
  fake_host_reset();
  return 0;
}

int session_teardown(void **state)
{
  (void)state;
  assert_int_equal(fake_base.started, fake_base.cleaned);
  assert_int_equal(fake_base.loaded, fake_base.unloaded);
  assert_int_equal(fake_layer.started, fake_layer.cleaned);
  assert_int_equal(fake_layer.loaded, fake_layer.unloaded);
  assert_int_equal(fake_policy.created, fake_policy.destroyed);
  assert_int_equal(heap_blocks(), 0);
  return 0;
}

INT session_start(DWORD id, WSPPROC_TABLE *table)
{
  WSAPROTOCOL_INFOW info = *fake_catalog_info(id);
  WSPDATA data;

  return WSPStartup(MAKEWORD(2, 2), &data, &info, fake_host_upcalls(), table);
}

WSPPROC_TABLE session_started(DWORD id)
{
  WSPPROC_TABLE table;

  assert_int_equal(session_start(id, &table), 0);
  return table;
}

void session_end(const WSPPROC_TABLE *table)
{
  INT error = 12345;

  assert_int_equal(table->lpWSPCleanup(&error), 0);
  assert_int_equal(error, 12345);
}
