#define _GNU_SOURCE /* CLOCK_MONOTONIC_COARSE */
#include "platform.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static platform_status_t platform_posix__status_of(int error)
{
  switch (error) {
  case ENOENT:
    return PLATFORM_NOT_FOUND;
  case ENOTDIR:
    return PLATFORM_NOT_A_FOLDER;
  case EACCES:
  case EPERM:
    return PLATFORM_DENIED;
  case ENOMEM:
    return PLATFORM_NO_MEMORY;
  default:
    return PLATFORM_FAILED;
  }
}

static uint64_t platform_posix__file_time(struct timespec time)
{
  return (uint64_t)time.tv_sec * PLATFORM_FILE_SECOND + (uint64_t)time.tv_nsec / 100;
}

platform_status_t platform_list_folder(const char *path,
                                       bool (*visit)(void *context, const platform_entry_t *entry),
                                       void *context)
{
  DIR *folder = opendir(path);

  if (folder == NULL)
    return platform_posix__status_of(errno);
  platform_status_t status = PLATFORM_OK;
  struct dirent *found;
  while ((found = readdir(folder)) != NULL) {
    struct stat about;

    if (fstatat(dirfd(folder), found->d_name, &about, 0) != 0 || !S_ISREG(about.st_mode))
      continue;
    platform_entry_t entry = {found->d_name, (uint64_t)about.st_size,
                              platform_posix__file_time(about.st_mtim)};
    if (!visit(context, &entry)) {
      status = PLATFORM_NO_MEMORY;
      break;
    }
  }
  closedir(folder);
  return status;
}

static platform_status_t platform_posix__read_descriptor(int file, size_t limit, const memory_t *memory,
                                                         char **text, size_t *size)
{
  struct stat about;

  if (fstat(file, &about) != 0)
    return platform_posix__status_of(errno);
  if ((uint64_t)about.st_size > limit)
    return PLATFORM_TOO_LARGE;
  size_t room = (size_t)about.st_size;
  char *block = memory_resize(memory, NULL, room + 1);
  if (block == NULL)
    return PLATFORM_NO_MEMORY;
  size_t have = 0;
  while (have < room) {
    ssize_t got = read(file, block + have, room - have);

    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0) {
      platform_status_t status = platform_posix__status_of(errno);

      memory_free(memory, block);
      return status;
    }
    if (got == 0)
      break;
    have += (size_t)got;
  }
  block[have] = 0;
  *text = block;
  *size = have;
  return PLATFORM_OK;
}

platform_status_t platform_judge_folder(const char *path, platform_distrust_t *distrust)
{
  (void)path;
  (void)distrust;
  return PLATFORM_OK;
}

platform_status_t platform_read_file(const char *folder, const char *name, size_t limit,
                                     const memory_t *memory, char **text, size_t *size,
                                     platform_distrust_t *distrust)
{
  (void)distrust;
  int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (at < 0)
    return platform_posix__status_of(errno);
  int file = openat(at, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  platform_status_t status = file < 0 ? platform_posix__status_of(errno)
                                      : platform_posix__read_descriptor(file, limit, memory, text, size);
  if (file >= 0)
    close(file);
  close(at);
  return status;
}

uint32_t platform_milliseconds(void)
{
  struct timespec now;

#if defined(CLOCK_MONOTONIC_COARSE)
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now); /* a few milliseconds coarse, and a quarter of the price */
#else
  clock_gettime(CLOCK_MONOTONIC, &now);
#endif
  return (uint32_t)((uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000);
}

uint64_t platform_file_clock(void)
{
  struct timespec now;

  clock_gettime(CLOCK_REALTIME, &now);
  return platform_posix__file_time(now);
}

uint32_t platform_thread(void)
{
  static _Thread_local char here;

  return (uint32_t)((uintptr_t)&here >> 12);
}
