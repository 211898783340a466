#include "native_files.h"

#include <errno.h>
#include <stdlib.h>

char *native_files_read(const char *path, size_t limit)
{
  FILE *file = native_files_open(path);
  int error = 0;

  if (file == NULL)
    return NULL;
  char *text = malloc(limit + 2); /* one byte more than allowed, to see that there is more */
  if (text == NULL) {
    error = ENOMEM;
    goto cleanup_file;
  }
  size_t size = fread(text, 1, limit + 1, file);
  if (ferror(file))
    error = EIO;
  else if (size > limit)
    error = EFBIG;
  if (error != 0) {
    free(text);
    text = NULL;
    goto cleanup_file;
  }
  text[size] = 0;
  char *smaller = realloc(text, size + 1);
  text = smaller != NULL ? smaller : text;
cleanup_file:
  fclose(file);
  if (error != 0)
    errno = error;
  return text;
}
