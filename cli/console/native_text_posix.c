#include <sys/stat.h>

#include "native_text.h"

bool native_text_start(int *argc, char ***argv)
{
  (void)argc;
  (void)argv;
  return true;
}

FILE *native_text_open(const char *path)
{
  return fopen(path, "rb");
}

FILE *native_text_create(const char *path)
{
  return fopen(path, "wx");
}

int native_text_make_folder(const char *path)
{
  return mkdir(path, 0777);
}

int native_text_delete(const char *path)
{
  return remove(path);
}
