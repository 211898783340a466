#include "events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void(CALLBACK *watch_fn)(const char *line);

static events_t *watched;

/* The value of a member, up to what ends it; NULL where the line has none. */
static const char *member(const char *line, const char *name)
{
  char key[32];
  int length = snprintf(key, sizeof key, "\"%s\":", name);
  const char *found = strstr(line, key);

  if (found == NULL)
    return NULL;
  found += length;
  return *found == '"' ? found + 1 : found;
}

static long number(const char *line, const char *name)
{
  const char *value = member(line, name);

  return value != NULL ? strtol(value, NULL, 10) : 0;
}

static void text(const char *line, const char *name, char *buffer, size_t size)
{
  const char *value = member(line, name);
  size_t length = value != NULL ? strcspn(value, "\"") : 0;

  snprintf(buffer, size, "%.*s", (int)length, value != NULL ? value : "");
}

static int digit(char c)
{
  return c <= '9' ? c - '0' : c - 'a' + 10;
}

static void CALLBACK note(const char *line)
{
  const char *info = member(line, "info");

  if (strstr(line, "\"phase\":\"enter\"") == NULL || info == NULL || watched->count == EVENTS_MAX)
    return;
  event_t *event = &watched->list[watched->count++];
  memset(event, 0, sizeof *event);
  text(line, "layer", event->provider, sizeof event->provider);
  text(line, "call", event->call, sizeof event->call);
  unsigned char *bytes = (unsigned char *)&event->info;
  for (size_t i = 0; info[0] != 'n' && i < sizeof event->info; i++)
    bytes[i] = (unsigned char)(digit(info[2 * i]) << 4 | digit(info[2 * i + 1]));
  if (strcmp(event->call, "WSPSocket") != 0)
    return;
  event->af = number(line, "af");
  event->type = number(line, "type");
  event->protocol = number(line, "protocol");
  event->g = (GROUP)number(line, "g");
  event->flags = (DWORD)number(line, "flags");
}

bool events_watch(const shape_t *shape, events_t *seen)
{
  watched = seen;
  seen->count = 0;
  for (int level = 0; level < shape->levels; level++) {
    char file[32];

    if (level == shape->ours && shape->ours > 0)
      continue;
    snprintf(file, sizeof file, "%s.dll", shape->names[level]);
    HMODULE module = LoadLibraryA(file);
    void(CALLBACK * watch)(watch_fn) = NULL;
    if (module != NULL)
      watch = (void(CALLBACK *)(watch_fn))(void (*)(void))GetProcAddress(module, "RecordWatch");
    if (watch == NULL) {
      fprintf(stderr, "matrix: %s cannot be watched\n", file);
      return false;
    }
    watch(note);
  }
  return true;
}

void events_keep(events_t *events, const char *call)
{
  int kept = 0;

  for (int i = 0; i < events->count; i++) {
    if (strcmp(events->list[i].call, call) == 0)
      events->list[kept++] = events->list[i];
  }
  events->count = kept;
}

void events_add(events_t *events, const char *provider, const char *call, int af, int type, int protocol,
                const WSAPROTOCOL_INFOW *info, GROUP g, DWORD flags)
{
  event_t *event = &events->list[events->count++];

  memset(event, 0, sizeof *event);
  strcpy(event->provider, provider);
  strcpy(event->call, call);
  event->af = af;
  event->type = type;
  event->protocol = protocol;
  event->g = g;
  event->flags = flags;
  event->info = *info;
}

static void print(const char *which, const events_t *events)
{
  for (int i = 0; i < events->count; i++) {
    const event_t *event = &events->list[i];

    printf("    %s %d: %s of %s, %d %d %d, flags 0x%lx, g %u, info %lu reserved %lu\n", which, i, event->call,
           event->provider, event->af, event->type, event->protocol, event->flags, event->g,
           event->info.dwCatalogEntryId, event->info.dwProviderReserved);
  }
}

bool events_same(const events_t *expected, const events_t *seen, const char *what)
{
  int at = 0;

  while (at < expected->count && at < seen->count &&
         memcmp(&expected->list[at], &seen->list[at], sizeof(event_t)) == 0)
    at++;
  if (at == expected->count && at == seen->count)
    return true;
  printf("  %s: providers were handed something else, from %d on\n", what, at);
  print("expected", expected);
  print("seen", seen);
  return false;
}
