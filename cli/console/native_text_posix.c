#include "native_text.h"

bool native_text_start(int *argc, char ***argv)
{
  (void)argc;
  (void)argv;
  return true;
}
