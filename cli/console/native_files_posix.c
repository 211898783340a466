#define _POSIX_C_SOURCE 200809L
#include "native_files.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

FILE *native_files_open(const char *path)
{
  return fopen(path, "rb");
}

FILE *native_files_create(const char *path)
{
  return fopen(path, "wx");
}

int native_files_make_folder(const char *path)
{
  return mkdir(path, 0777);
}

int native_files_delete(const char *path)
{
  return remove(path);
}

bool native_files_list(const char *path, native_files_visit_fn *visit, void *context)
{
  DIR *folder = opendir(path);
  struct dirent *found = NULL;
  int error = 0;

  if (folder == NULL)
    return false;
  do {
    struct stat about;

    errno = 0; /* the only way to distinguish the end from a failure */
    found = readdir(folder);
    if (found == NULL)
      error = errno;
    else if (fstatat(dirfd(folder), found->d_name, &about, 0) == 0 && S_ISREG(about.st_mode) &&
             !visit(context, found->d_name))
      error = ENOMEM;
  } while (found != NULL && error == 0);
  closedir(folder);
  errno = error;
  return error == 0;
}
