#include "fault_injection.h"

int fault_injection_step(const char *what)
{
  (void)what;
  return FAULT_NONE;
}

bool fault_injection_value(const char *name, long *value)
{
  (void)name;
  (void)value;
  return false;
}
