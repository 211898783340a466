#include "native_files.h"

#include <errno.h>
#include <stdlib.h>

char *native_files_read(const char *path, size_t limit)
{
  FILE *file = native_files_open(path);
  char *text = NULL;
  size_t used = 0, room = 0;
  int error = 0;

  if (file == NULL)
    return NULL;
  /* Read to the end, not up to a size asked for before: the file may be growing. */
  do {
    if (used > limit) {
      error = EFBIG;
      break;
    }
    room = room ? room * 2 : 4096;
    char *larger = realloc(text, room);
    if (larger == NULL) {
      error = ENOMEM;
      break;
    }
    text = larger;
    used += fread(text + used, 1, room - 1 - used, file);
  } while (used == room - 1);
  if (error == 0 && ferror(file))
    error = EIO;
  if (error == 0 && used > limit)
    error = EFBIG;
  fclose(file);
  if (error != 0) {
    free(text);
    errno = error;
    return NULL;
  }
  text[used] = 0;
  return text;
}
