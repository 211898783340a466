#include "fake_provider.h"

#include <string.h>
#include "fake_catalog.h"
#include "module.h"

fake_provider_t fake_base, fake_layer;

static void fake_provider__reset(fake_provider_t *self, const WCHAR *path)
{
  memset(self, 0, sizeof *self);
  self->path = path;
  self->version = MAKEWORD(2, 2);
  self->hole = -1;
  self->socket = 100;
}

void fake_providers_reset(void)
{
  fake_provider__reset(&fake_base, PATH_BASE);
  fake_provider__reset(&fake_layer, PATH_LAYER);
}

static void fake_provider__note(fake_provider_t *self, LPWSAPROTOCOL_INFOW info)
{
  self->call.info_pointer = info;
  if (info != NULL)
    self->call.info = *info;
}

static SOCKET fake_provider__made(fake_provider_t *self, LPINT error)
{
  if (self->socket == INVALID_SOCKET && self->error != 0)
    *error = self->error;
  return self->socket;
}

static int fake_provider__result(fake_provider_t *self, LPINT error)
{
  if (self->fails && self->error != 0)
    *error = self->error;
  return self->fails ? SOCKET_ERROR : 0;
}

static SOCKET fake_provider__socket(fake_provider_t *self, int af, int type, int protocol,
                                    LPWSAPROTOCOL_INFOW info, GROUP g, DWORD flags, LPINT error)
{
  self->sockets++;
  self->call.af = af;
  self->call.type = type;
  self->call.protocol = protocol;
  self->call.g = g;
  self->call.flags = flags;
  fake_provider__note(self, info);
  if (self->in_socket != NULL)
    self->in_socket();
  return fake_provider__made(self, error);
}

static int fake_provider__duplicate(fake_provider_t *self, LPWSAPROTOCOL_INFOW info, LPINT error)
{
  fake_provider__note(self, info);
  if (!self->fails)
    *info = self->answer;
  return fake_provider__result(self, error);
}

static int fake_provider__option(fake_provider_t *self, int level, int name, char *value, LPINT length,
                                 LPINT error)
{
  self->options++;
  if (self->fails || level != SOL_SOCKET || name != SO_PROTOCOL_INFOW)
    return fake_provider__result(self, error);
  if (*length < (INT)sizeof self->answer) {
    *error = WSAEFAULT;
    return SOCKET_ERROR;
  }
  memcpy(value, &self->answer, sizeof self->answer);
  *length = sizeof self->answer;
  return 0;
}

static int fake_provider__close(fake_provider_t *self, SOCKET s, LPINT error)
{
  self->closes++;
  self->closed = s;
  *error = self->close_error;
  return self->close_error != 0 ? SOCKET_ERROR : 0;
}

static void fake_provider__table(fake_provider_t *self, const WSPPROC_TABLE *ours, WSPPROC_TABLE *table)
{
  void **entries = (void **)table, *const *functions = (void *const *)ours;

  for (int i = 0; i < 30; i++)
    entries[i] = i == self->hole ? NULL : functions[i] != NULL ? functions[i] : FAKE_POINTER(i);
}

static int fake_provider__startup(fake_provider_t *self, const WSPPROC_TABLE *ours, WORD requested,
                                  LPWSPDATA data, LPWSAPROTOCOL_INFOW info, const WSPUPCALLTABLE *upcalls,
                                  LPWSPPROC_TABLE table)
{
  self->requested = requested;
  self->startup_info = *info;
  self->upcalls = *upcalls;
  memset(info, 0xEE, sizeof *info); /* what it is handed is its own to spoil */
  if (self->startup_error == 0 || self->sloppy)
    fake_provider__table(self, ours, table);
  if (self->startup_error != 0)
    return self->startup_error;
  self->started++;
  if (self->in_startup != NULL)
    self->in_startup();
  data->wVersion = self->version;
  data->wHighVersion = self->version;
  return 0;
}

#define PROVIDER(name)                                                                                       \
  static SOCKET WSPAPI name##_socket(int a, int b, int c, LPWSAPROTOCOL_INFOW d, GROUP e, DWORD f,           \
                                     LPINT error)                                                            \
  {                                                                                                          \
    return fake_provider__socket(&fake_##name, a, b, c, d, e, f, error);                                     \
  }                                                                                                          \
  static SOCKET WSPAPI name##_accept(SOCKET a, struct sockaddr *b, LPINT c, LPCONDITIONPROC d, DWORD_PTR e,  \
                                     LPINT error)                                                            \
  {                                                                                                          \
    (void)a, (void)b, (void)c, (void)d, (void)e;                                                             \
    return fake_provider__made(&fake_##name, error);                                                         \
  }                                                                                                          \
  static SOCKET WSPAPI name##_join_leaf(SOCKET a, const struct sockaddr *b, int c, LPWSABUF d, LPWSABUF e,   \
                                        LPQOS f, LPQOS g, DWORD h, LPINT error)                              \
  {                                                                                                          \
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h;                                  \
    return fake_provider__made(&fake_##name, error);                                                         \
  }                                                                                                          \
  static int WSPAPI name##_duplicate(SOCKET a, DWORD b, LPWSAPROTOCOL_INFOW c, LPINT error)                  \
  {                                                                                                          \
    (void)a, (void)b;                                                                                        \
    return fake_provider__duplicate(&fake_##name, c, error);                                                 \
  }                                                                                                          \
  static INT WSPAPI name##_to_string(LPSOCKADDR a, DWORD b, LPWSAPROTOCOL_INFOW c, LPWSTR d, LPDWORD e,      \
                                     LPINT error)                                                            \
  {                                                                                                          \
    (void)a, (void)b, (void)d, (void)e;                                                                      \
    fake_provider__note(&fake_##name, c);                                                                    \
    return fake_provider__result(&fake_##name, error);                                                       \
  }                                                                                                          \
  static INT WSPAPI name##_to_address(LPWSTR a, INT b, LPWSAPROTOCOL_INFOW c, LPSOCKADDR d, LPINT e,         \
                                      LPINT error)                                                           \
  {                                                                                                          \
    (void)a, (void)b, (void)d, (void)e;                                                                      \
    fake_provider__note(&fake_##name, c);                                                                    \
    return fake_provider__result(&fake_##name, error);                                                       \
  }                                                                                                          \
  static int WSPAPI name##_option(SOCKET a, int b, int c, char *d, LPINT e, LPINT error)                     \
  {                                                                                                          \
    (void)a;                                                                                                 \
    return fake_provider__option(&fake_##name, b, c, d, e, error);                                           \
  }                                                                                                          \
  static int WSPAPI name##_close(SOCKET a, LPINT error)                                                      \
  {                                                                                                          \
    return fake_provider__close(&fake_##name, a, error);                                                     \
  }                                                                                                          \
  static int WSPAPI name##_cleanup(LPINT error)                                                              \
  {                                                                                                          \
    fake_##name.cleaned++;                                                                                   \
    *error = WSAENETDOWN;                                                                                    \
    return SOCKET_ERROR; /* the upper provider can do nothing about it */                                    \
  }                                                                                                          \
  static const WSPPROC_TABLE name##_table = {.lpWSPSocket = name##_socket,                                   \
                                             .lpWSPAccept = name##_accept,                                   \
                                             .lpWSPJoinLeaf = name##_join_leaf,                              \
                                             .lpWSPDuplicateSocket = name##_duplicate,                       \
                                             .lpWSPAddressToString = name##_to_string,                       \
                                             .lpWSPStringToAddress = name##_to_address,                      \
                                             .lpWSPGetSockOpt = name##_option,                               \
                                             .lpWSPCloseSocket = name##_close,                               \
                                             .lpWSPCleanup = name##_cleanup};                                \
  static int WSPAPI name##_startup(WORD a, LPWSPDATA b, LPWSAPROTOCOL_INFOW c, WSPUPCALLTABLE d,             \
                                   LPWSPPROC_TABLE e)                                                        \
  {                                                                                                          \
    return fake_provider__startup(&fake_##name, &name##_table, a, b, c, &d, e);                              \
  }

PROVIDER(base)
PROVIDER(layer)

HMODULE module_open(const WCHAR *path, LPWSPSTARTUP *startup)
{
  fake_provider_t *self = wcscmp(path, PATH_BASE) == 0    ? &fake_base
                          : wcscmp(path, PATH_LAYER) == 0 ? &fake_layer
                                                          : NULL;

  *startup = self == &fake_base ? base_startup : layer_startup;
  if (self == NULL || self->missing)
    return NULL;
  self->loaded++;
  return (HMODULE)self;
}

void module_close(HMODULE module)
{
  ((fake_provider_t *)module)->unloaded++;
}
