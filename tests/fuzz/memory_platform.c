#include "memory_platform.h"

#include <string.h>

#include "platform.h"

static const memory_file_t *folder;
static size_t folder_files;
static uint64_t now = 1000000; /* in milliseconds */
static uint64_t changed;       /* when the files were put there */

void memory_platform_files(const memory_file_t *files, size_t count)
{
  folder = files;
  folder_files = count;
  changed = now;
}

void memory_platform_wait(uint32_t milliseconds)
{
  now += milliseconds;
}

static uint64_t stamp(uint64_t milliseconds)
{
  return milliseconds * (PLATFORM_FILE_SECOND / 1000);
}

platform_status_t platform_list_folder(const char *path,
                                       bool (*visit)(void *context, const platform_entry_t *entry),
                                       void *context)
{
  (void)path;
  for (size_t i = 0; i < folder_files; i++) {
    platform_entry_t entry = {folder[i].name, folder[i].size, stamp(changed)};

    if (!visit(context, &entry))
      return PLATFORM_NO_MEMORY;
  }
  return PLATFORM_OK;
}

platform_status_t platform_judge_folder(const char *path, platform_distrust_t *distrust)
{
  (void)path, (void)distrust;
  return PLATFORM_OK;
}

platform_status_t platform_read_file(const char *path, const char *name, size_t limit, const memory_t *memory,
                                     char **text, size_t *size, platform_distrust_t *distrust)
{
  (void)path, (void)distrust;
  for (size_t i = 0; i < folder_files; i++) {
    if (strcmp(folder[i].name, name) != 0)
      continue;
    if (folder[i].size > limit)
      return PLATFORM_TOO_LARGE;
    char *block = memory_resize(memory, NULL, folder[i].size + 1);
    if (block == NULL)
      return PLATFORM_NO_MEMORY;
    if (folder[i].size)
      memcpy(block, folder[i].bytes, folder[i].size);
    block[folder[i].size] = 0;
    *text = block;
    *size = folder[i].size;
    return PLATFORM_OK;
  }
  return PLATFORM_NOT_FOUND;
}

uint32_t platform_milliseconds(void)
{
  return (uint32_t)now;
}

uint64_t platform_file_clock(void)
{
  return stamp(now);
}

uint32_t platform_thread(void)
{
  return 0;
}
