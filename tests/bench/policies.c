#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L
#endif
#include "policies.h"

#include <dirent.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#if defined(_WIN32)
#include <direct.h>
#include <process.h>
#endif

enum { MOST_FOLDERS = 256 };

static char folders[MOST_FOLDERS][512];
static size_t folder_count;

#define TCP4 "MSAFD Tcpip [TCP/IP]"
#define UDP4 "MSAFD Tcpip [UDP/IP]"
#define RAW4 "MSAFD Tcpip [RAW/IP]"

const policy_request_t policies_requests[REQUESTS] = {
    {{2, 1, 0}, {2, 1, 6}, 1, false, TCP4, 1001, 1},
    {{2, 2, 0}, {2, 2, 17}, 1, false, UDP4, 1002, 2},
    {{23, 1, 6}, {23, 1, 6}, 129, false, "MSAFD Tcpip [TCP/IPv6]", 1004, 4},
    {{23, 2, 17}, {23, 2, 17}, 129, false, "MSAFD Tcpip [UDP/IPv6]", 1005, 5},
    {{2, 1, 6}, {2, 1, 6}, 129, false, TCP4, 1001, 1},
    {{2, 3, 1}, {2, 3, 1}, 1, false, RAW4, 1003, 3},
};

const char policies_matching_rule[] =
    "rule { name = \"no raw ICMP\", af = AF_INET, type = SOCK_RAW, protocol = IPPROTO_ICMP, "
    "verdict = reject(WSAEACCES) }\n";

static void fail(const char *what)
{
  perror(what);
  exit(1);
}

/* ---- sources ---- */

static void rule_for(char *text, size_t size, size_t index, const char *app)
{
  static const char *const families[] = {"AF_INET", "AF_INET6"};
  static const char *const types[] = {"SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW"};

  snprintf(
      text, size,
      "rule { name = \"rule %zu\", af = %s, type = %s, protocol = %zu%s, verdict = reject(WSAEACCES) }\n",
      index, families[index / 3 % 2], types[index % 3], 100 + index % 150, app);
}

void policies_rule(char *text, size_t size, size_t index)
{
  rule_for(text, size, index, "");
}

void policies_function(char *text, size_t size, size_t index)
{
  if (index == 0)
    snprintf(text, size,
             "on_socket(function(request)\n"
             "  if request.type == SOCK_RAW and request.protocol == IPPROTO_ICMP and request.app.elevated == "
             "false then\n"
             "    return rewrite { type = SOCK_DGRAM, protocol = IPPROTO_UDP, reason = \"no raw probes\" }\n"
             "  end\n"
             "end)\n");
  else
    snprintf(
        text, size,
        "on_socket(function(request)\n"
        "  if request.type == SOCK_RAW and request.protocol == %zu and request.app.elevated == false then\n"
        "    return reject(WSAEACCES)\n"
        "  end\n"
        "end)\n",
        100 + index);
}

/* ---- folders ---- */

const char *policies_folder(void)
{
  if (folder_count == MOST_FOLDERS)
    abort();
  char *path = folders[folder_count];
#if defined(_WIN32)
  const char *temporary = getenv("TEMP");
  snprintf(path, sizeof folders[0], "%s\\sockwarden-bench-%d-%zu", temporary ? temporary : ".",
           (int)_getpid(), folder_count);
  if (_mkdir(path) != 0)
    fail(path);
#else
  const char *temporary = getenv("TMPDIR");
  snprintf(path, sizeof folders[0], "%s/sockwarden-bench-XXXXXX", temporary != NULL ? temporary : "/tmp");
  if (mkdtemp(path) == NULL)
    fail(path);
#endif
  folder_count++;
  return path;
}

static void remove_folder(const char *path)
{
  DIR *folder = opendir(path);
  struct dirent *found;

  while (folder != NULL && (found = readdir(folder)) != NULL) {
    char file[1024];

    snprintf(file, sizeof file, "%s/%s", path, found->d_name);
    if (found->d_name[0] != '.')
      remove(file);
  }
  if (folder != NULL)
    closedir(folder);
  rmdir(path);
}

void policies_remove_all(void)
{
  while (folder_count)
    remove_folder(folders[--folder_count]);
}

static FILE *open_file(const char *folder, const char *name)
{
  char path[1024];

  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  if (file == NULL)
    fail(path);
  return file;
}

void policies_write(const char *folder, const char *name, const char *text)
{
  FILE *file = open_file(folder, name);

  fputs(text, file);
  fclose(file);
}

const char *policies_of_rules(size_t count, size_t concerning, policies_match_t match)
{
  const char *folder = policies_folder();
  FILE *file = NULL;
  char text[512], name[64];
  size_t every = concerning ? count / concerning : 0; /* spread evenly */

  for (size_t i = 0; i < count; i++) {
    bool concerns = every && i % every == every - 1 && i / every < concerning;
    bool matches = (match == MATCH_FIRST && i == 0) || (match == MATCH_LAST && i == count - 1);

    if (i % 2000 == 0) { /* several files, as a large fleet's policy would be */
      if (file != NULL)
        fclose(file);
      snprintf(name, sizeof name, "%03zu-rules.lua", i / 2000);
      file = open_file(folder, name);
    }
    rule_for(text, sizeof text, i,
             concerns || matches ? "" : ", app = { \"other*.exe\", [[C:\\Program Files\\Other\\*]] }");
    fputs(matches ? policies_matching_rule : text, file);
  }
  if (file != NULL)
    fclose(file);
  return folder;
}

const char *policies_of_functions(size_t count)
{
  const char *folder = policies_folder();
  FILE *file = open_file(folder, "10-functions.lua");
  char text[512];

  for (size_t i = 0; i < count; i++) {
    policies_function(text, sizeof text, i);
    fputs(text, file);
  }
  fclose(file);
  return folder;
}

/* ---- engines ---- */

static atomic_size_t bytes, most_bytes;

typedef union header {
  size_t size;
  max_align_t align;
} header_t;

static void *resize(void *context, void *block, size_t size)
{
  header_t *old = block != NULL ? (header_t *)block - 1 : NULL;
  size_t old_size = old != NULL ? old->size : 0;

  (void)context;
  if (size == 0) {
    atomic_fetch_sub(&bytes, old_size);
    free(old);
    return NULL;
  }
  header_t *block_now = realloc(old, sizeof *block_now + size);
  if (block_now == NULL)
    return NULL;
  block_now->size = size;
  size_t now = atomic_fetch_add(&bytes, size - old_size) + size - old_size;
  if (now > atomic_load(&most_bytes))
    atomic_store(&most_bytes, now); /* loads run on one thread */
  return block_now + 1;
}

size_t policies_bytes(void)
{
  return atomic_load(&bytes);
}

size_t policies_most_bytes(void)
{
  return atomic_load(&most_bytes);
}

void policies_forget_most(void)
{
  atomic_store(&most_bytes, atomic_load(&bytes));
}

static void read_settings(void *context, policy_settings_t *settings)
{
  snprintf(settings->policy_dir, sizeof settings->policy_dir, "%s", (const char *)context);
}

static bool read_attribute(void *context, policy_attribute_t fact, policy_attribute_value_t *value)
{
  static const char *const texts[POLICY_ATTRIBUTE_COUNT] = {
      [POLICY_ATTRIBUTE_NAME] = "bench.exe",          [POLICY_ATTRIBUTE_PATH] = "C:\\Tools\\bench.exe",
      [POLICY_ATTRIBUTE_COMMAND_LINE] = "bench.exe",  [POLICY_ATTRIBUTE_USER] = "CORP\\bench",
      [POLICY_ATTRIBUTE_SID] = "S-1-5-21-1-2-3-1001", [POLICY_ATTRIBUTE_SERVICE] = ""};

  (void)context;
  value->text = texts[fact];
  value->number = 42;
  value->flag = true;
  return true;
}

static void report(void *context, const policy_report_t *told)
{
  (void)context;
  fprintf(stderr, "%s:%d: %s\n", told->file != NULL ? told->file : "", (int)told->line, told->message);
  exit(1); /* a policy that does not load or run would be measured as something else */
}

policy_engine_t *policies_engine(const char *folder)
{
  policy_host_t host = {(void *)folder, read_settings, read_attribute, report, resize};
  policy_engine_t *engine = policy_engine_create(&host);

  if (engine == NULL)
    fail("policy_engine_create");
  return engine;
}
