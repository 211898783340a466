#include "folder.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "text_match.h"

struct folder {
  memory_t memory;
  atomic_uint references;
  bool (*wanted)(const char *name);
  platform_status_t status;
  folder_file_t *files;
  size_t count, room;
  uint64_t hash;
};

/* FNV-1a, 64 bits. */
static const uint64_t hash_start = UINT64_C(0xcbf29ce484222325);

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
  for (const unsigned char *byte = bytes; size--; byte++)
    hash = (hash ^ *byte) * UINT64_C(0x100000001b3);
  return hash;
}

static bool ends_with(const char *name, const char *end)
{
  size_t length = strlen(name), tail = strlen(end);
  return length >= tail && text_same(name + length - tail, end);
}

/* `*_test.lua` files are tests and never loaded (DESIGN.md, Policies). */
static bool is_test(const char *name)
{
  return ends_with(name, "_test.lua");
}

static bool is_policy(const char *name)
{
  return ends_with(name, ".lua") && !is_test(name);
}

/* ---- from outside ---- */

typedef struct look {
  uint64_t value;
  uint64_t newest;
} look_t;

static bool look_at(void *context, const platform_entry_t *entry)
{
  look_t *look = context;
  if (!is_policy(entry->name))
    return true;
  uint64_t hash = hash_bytes(hash_start, entry->name, strlen(entry->name) + 1);
  hash = hash_bytes(hash, &entry->size, sizeof entry->size);
  hash = hash_bytes(hash, &entry->modified, sizeof entry->modified);
  look->value += hash; /* a sum: folders are listed in no order */
  if (entry->modified > look->newest)
    look->newest = entry->modified;
  return true;
}

folder_signature_t folder_look(const char *path)
{
  /* FAT stamps files to two seconds; nobody's stamps are coarser. */
  enum { COARSEST = 2 };
  look_t look = {0};
  if (!path[0])
    return (folder_signature_t){PLATFORM_OK, 0, true};
  platform_status_t status = platform_list_folder(path, look_at, &look);
  bool settled = look.newest + COARSEST * PLATFORM_FILE_SECOND < platform_file_clock();
  return (folder_signature_t){status, look.value, settled};
}

/* ---- from inside ---- */

static bool add_file(void *context, const platform_entry_t *entry)
{
  folder_t *folder = context;
  if (!folder->wanted(entry->name))
    return true;
  if (!memory_grow(&folder->memory, &folder->files, folder->count, &folder->room, sizeof *folder->files))
    return false;
  size_t size = strlen(entry->name) + 1;
  char *name = memory_resize(&folder->memory, NULL, size);
  if (!name)
    return false;
  memcpy(name, entry->name, size);
  folder->files[folder->count++] = (folder_file_t){.name = name};
  return true;
}

static int by_name(const void *a, const void *b)
{
  return strcmp(((const folder_file_t *)a)->name, ((const folder_file_t *)b)->name);
}

static platform_status_t read_files(folder_t *folder, const char *path)
{
  for (size_t i = 0; i < folder->count; i++) {
    folder_file_t *file = &folder->files[i];
    file->status =
        platform_read_file(path, file->name, FOLDER_FILE_LIMIT, &folder->memory, &file->text, &file->size);
    if (file->status == PLATFORM_NO_MEMORY)
      return file->status;
    folder->hash = hash_bytes(folder->hash, file->name, strlen(file->name) + 1);
    folder->hash = hash_bytes(folder->hash, &file->status, sizeof file->status);
    folder->hash = hash_bytes(folder->hash, &file->size, sizeof file->size);
    folder->hash = hash_bytes(folder->hash, file->text ? file->text : "", file->size);
  }
  return PLATFORM_OK;
}

static folder_t *read_wanted(const char *path, bool (*wanted)(const char *name), const memory_t *memory)
{
  folder_t *folder = memory_new(memory, sizeof *folder);
  if (!folder)
    return NULL;
  folder->wanted = wanted;
  folder->memory = *memory;
  folder->hash = hash_start;
  atomic_init(&folder->references, 1);
  if (path[0]) {
    folder->status = platform_list_folder(path, add_file, folder);
    if (folder->status == PLATFORM_OK) {
      if (folder->count)
        qsort(folder->files, folder->count, sizeof *folder->files, by_name);
      folder->status = read_files(folder, path);
    }
    folder->hash = hash_bytes(folder->hash, &folder->status, sizeof folder->status);
  }
  if (folder->status == PLATFORM_NO_MEMORY) {
    folder_release(folder);
    return NULL;
  }
  return folder;
}

folder_t *folder_read(const char *path, const memory_t *memory)
{
  return read_wanted(path, is_policy, memory);
}

folder_t *folder_read_tests(const char *path, const memory_t *memory)
{
  return read_wanted(path, is_test, memory);
}

folder_t *folder_share(folder_t *folder)
{
  atomic_fetch_add(&folder->references, 1);
  return folder;
}

void folder_release(folder_t *folder)
{
  if (!folder || atomic_fetch_sub(&folder->references, 1) != 1)
    return;
  memory_t memory = folder->memory;
  for (size_t i = 0; i < folder->count; i++) {
    memory_free(&memory, folder->files[i].name);
    memory_free(&memory, folder->files[i].text);
  }
  memory_free(&memory, folder->files);
  memory_free(&memory, folder);
}

platform_status_t folder_status(const folder_t *folder)
{
  return folder->status;
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
