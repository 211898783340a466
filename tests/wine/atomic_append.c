/*
 * atomic_append.c - preloaded into Wine (LD_PRELOAD), gives appends to decision logs what NTFS gives them.
 *
 * A file opened with FILE_APPEND_DATA alone is appended to by the file system itself (Microsoft,
 * NtCreateFile), and the log relies on it. Wine 8 appends in two steps instead (dlls/ntdll/unix/file.c,
 * NtWriteFile): fstat for the end, then pwrite there, so that two writers overwrite each other. On Linux
 * pwrite to a descriptor with O_APPEND appends, whatever the offset (pwrite(2), Bugs). wineserver opens every
 * file and passes the descriptor to the process (server/fd.c, open_fd), flags included, so it is enough that
 * its open() adds the flag.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int open(const char *path, int flags, ...);
int open64(const char *path, int flags, ...) __attribute__((alias("open")));

int open(const char *path, int flags, ...)
{
  mode_t mode = 0;

  if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE) {
    va_list arguments;

    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
  }
  if ((flags & O_ACCMODE) != O_RDONLY) {
    const char *separator = strrchr(path, '/');

    if (fnmatch("sockwarden-*.jsonl", separator == NULL ? path : separator + 1, 0) == 0)
      flags |= O_APPEND;
  }
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_LARGEFILE, mode);
}
