#include "folder.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fnv.h"

struct folder {
  memory_t memory;
  atomic_uint references;
  bool (*wanted)(const char *name);
  policy_protection_t protection;
  platform_status_t status;
  platform_distrust_t *distrust;
  folder_file_t *files;
  size_t count, room;
  uint64_t hash;
  uint64_t listed; /* folder_listing_t's value of the listing that was read */
};

/* How often a folder that changes while it is read is read again. */
enum { TRIES = 4 };

static bool folder__add_file(void *context, const platform_entry_t *entry)
{
  folder_t *folder = context;
  folder_listing_t listing = {.value = folder->listed};

  folder_listing_add(&listing, entry);
  folder->listed = listing.value;
  if (!folder->wanted(entry->name))
    return true;
  if (!memory_grow(&folder->memory, &folder->files, folder->count, &folder->room, sizeof *folder->files))
    return false;
  size_t size = strlen(entry->name) + 1;
  char *name = memory_resize(&folder->memory, NULL, size);
  if (name == NULL)
    return false;
  memcpy(name, entry->name, size);
  folder->files[folder->count++] = (folder_file_t){.name = name};
  return true;
}

static int folder__by_name(const void *a, const void *b)
{
  return strcmp(((const folder_file_t *)a)->name, ((const folder_file_t *)b)->name);
}

/* Another reason for distrust is news for the administrator. */
static void folder__hash_distrust(folder_t *folder, const platform_distrust_t *distrust)
{
  if (distrust != NULL)
    folder->hash = fnv_add(folder->hash, distrust->what, strlen(distrust->what));
}

/* Large and rare: kept only where there is one. */
static platform_distrust_t *folder__new_distrust(const folder_t *folder)
{
  return folder->protection == POLICY_PROTECTION_IGNORED
             ? NULL
             : memory_new(&folder->memory, sizeof(platform_distrust_t));
}

static platform_status_t folder__read_file(folder_t *folder, folder_file_t *file, const char *path)
{
  platform_distrust_t *distrust = folder__new_distrust(folder);

  if (distrust == NULL && folder->protection != POLICY_PROTECTION_IGNORED)
    return PLATFORM_NO_MEMORY;
  platform_status_t status = platform_read_file(path, file->name, FOLDER_FILE_LIMIT, &folder->memory,
                                                &file->text, &file->size, distrust);
  if (status != PLATFORM_UNPROTECTED) {
    memory_free(&folder->memory, distrust);
    return status;
  }
  file->distrust = distrust;
  if (folder->protection == POLICY_PROTECTION_WARNED)
    return PLATFORM_OK;
  memory_free(&folder->memory, file->text);
  file->text = NULL;
  return status;
}

/* Whether the folder may be read. */
static platform_status_t folder__judge(folder_t *folder, const char *path)
{
  if (folder->protection == POLICY_PROTECTION_IGNORED)
    return PLATFORM_OK;
  folder->distrust = folder__new_distrust(folder);
  platform_status_t status =
      folder->distrust != NULL ? platform_judge_folder(path, folder->distrust) : PLATFORM_NO_MEMORY;
  if (status == PLATFORM_NO_ACCESS_LISTS) {
    snprintf(folder->distrust->what, sizeof folder->distrust->what,
             "who can write it is unknown: its volume has no access lists");
    snprintf(folder->distrust->advice, sizeof folder->distrust->advice, "move it to an NTFS volume");
  } else if (status != PLATFORM_UNPROTECTED) {
    memory_free(&folder->memory, folder->distrust);
    folder->distrust = NULL;
    return status;
  }
  folder__hash_distrust(folder, folder->distrust);
  return status == PLATFORM_UNPROTECTED && folder->protection == POLICY_PROTECTION_REQUIRED ? status
                                                                                            : PLATFORM_OK;
}

static platform_status_t folder__read_files(folder_t *folder, const char *path)
{
  for (size_t i = 0; i < folder->count; i++) {
    folder_file_t *file = &folder->files[i];

    file->status = folder__read_file(folder, file, path);
    if (file->status == PLATFORM_NO_MEMORY)
      return file->status;
    /* Of one width everywhere: the hash is told in logs, where 32-bit and 64-bit programs meet. */
    const uint64_t status = (uint64_t)file->status, size = file->size;
    folder->hash = fnv_add(folder->hash, file->name, strlen(file->name) + 1);
    folder->hash = fnv_add(folder->hash, &status, sizeof status);
    folder->hash = fnv_add(folder->hash, &size, sizeof size);
    folder->hash =
        fnv_add(folder->hash, file->text != NULL ? file->text : "", file->text != NULL ? file->size : 0);
    folder__hash_distrust(folder, file->distrust);
  }
  return PLATFORM_OK;
}

static folder_t *folder__read_wanted(const char *path, bool (*wanted)(const char *name),
                                     policy_protection_t protection, const memory_t *memory)
{
  folder_t *folder = memory_new(memory, sizeof *folder);

  if (folder == NULL)
    return NULL;
  folder->wanted = wanted;
  folder->protection = protection;
  folder->memory = *memory;
  folder->hash = FNV_START;
  atomic_init(&folder->references, 1);
  if (path[0]) {
    folder->status = folder__judge(folder, path);
    if (folder->status == PLATFORM_OK)
      folder->status = platform_list_folder(path, folder__add_file, folder);
    if (folder->status == PLATFORM_OK) {
      if (folder->count)
        qsort(folder->files, folder->count, sizeof *folder->files, folder__by_name);
      folder->status = folder__read_files(folder, path);
    }
    const uint64_t status = (uint64_t)folder->status;
    folder->hash = fnv_add(folder->hash, &status, sizeof status);
  }
  if (folder->status == PLATFORM_NO_MEMORY) {
    folder_release(folder);
    return NULL;
  }
  return folder;
}

/* The files read are those the folder holds now: together they are one state of it, not some of one and some
 * of the next. */
static bool folder__still_lists(const folder_t *folder, const char *path)
{
  folder_listing_t listing = {0};

  return folder->status != PLATFORM_OK || !path[0] ||
         (platform_list_folder(path, folder_listing_add, &listing) == PLATFORM_OK &&
          listing.value == folder->listed);
}

folder_t *folder_read(const char *path, policy_protection_t protection, const memory_t *memory)
{
  folder_t *folder = folder__read_wanted(path, folder_listing_is_policy, protection, memory);

  for (int tries = 1; folder != NULL && tries < TRIES && !folder__still_lists(folder, path); tries++) {
    folder_release(folder);
    folder = folder__read_wanted(path, folder_listing_is_policy, protection, memory);
  }
  return folder;
}

folder_t *folder_read_tests(const char *path, const memory_t *memory)
{
  return folder__read_wanted(path, folder_listing_is_test, POLICY_PROTECTION_IGNORED, memory);
}

folder_t *folder_share(folder_t *folder)
{
  atomic_fetch_add(&folder->references, 1);
  return folder;
}

void folder_release(folder_t *folder)
{
  if (folder == NULL || atomic_fetch_sub(&folder->references, 1) != 1)
    return;
  memory_t memory = folder->memory;
  for (size_t i = 0; i < folder->count; i++) {
    memory_free(&memory, folder->files[i].name);
    memory_free(&memory, folder->files[i].text);
    memory_free(&memory, folder->files[i].distrust);
  }
  memory_free(&memory, folder->files);
  memory_free(&memory, folder->distrust);
  memory_free(&memory, folder);
}

platform_status_t folder_status(const folder_t *folder)
{
  return folder->status;
}

const platform_distrust_t *folder_distrust(const folder_t *folder)
{
  return folder->distrust;
}

bool folder_readable(const folder_t *folder)
{
  for (size_t i = 0; i < folder->count; i++)
    if (folder->files[i].status != PLATFORM_OK && folder->files[i].status != PLATFORM_TOO_LARGE)
      return false;
  return folder->status == PLATFORM_OK;
}

size_t folder_count(const folder_t *folder)
{
  return folder->count;
}

const folder_file_t *folder_file(const folder_t *folder, size_t index)
{
  return &folder->files[index];
}

uint64_t folder_hash(const folder_t *folder)
{
  return folder->hash;
}
