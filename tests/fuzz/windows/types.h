/*
 * types.h - the few types, constants and calls of Windows that chain.c, catalog_registry.c and settings.c
 * use, for a native build of them: sizes as on Windows (the assertions in those files hold), the registry in
 * memory (registry.h).
 */
#ifndef SOCKWARDEN_FUZZ_WINDOWS_TYPES_H
#define SOCKWARDEN_FUZZ_WINDOWS_TYPES_H

#include <stddef.h>
#include <stdint.h>

/* ---- types; WCHAR takes -fshort-wchar ---- */

typedef int32_t LONG, BOOL, INT, LSTATUS;
typedef int64_t INT64;
typedef uint32_t DWORD, UINT;
typedef uint16_t WORD;
typedef uint8_t BYTE;
typedef wchar_t WCHAR;
typedef struct registry_key *HKEY;
typedef void *PVOID;

typedef struct GUID {
  DWORD Data1;
  WORD Data2, Data3;
  BYTE Data4[8];
} GUID;

enum {
  MAX_PATH = 260,
  MAX_PROTOCOL_CHAIN = 7,
  WSAPROTOCOL_LEN = 255,
  BASE_PROTOCOL = 1,
  LAYERED_PROTOCOL = 0
};

typedef struct WSAPROTOCOLCHAIN {
  int ChainLen;
  DWORD ChainEntries[MAX_PROTOCOL_CHAIN];
} WSAPROTOCOLCHAIN;

typedef struct WSAPROTOCOL_INFOW {
  DWORD dwServiceFlags1, dwServiceFlags2, dwServiceFlags3, dwServiceFlags4, dwProviderFlags;
  GUID ProviderId;
  DWORD dwCatalogEntryId;
  WSAPROTOCOLCHAIN ProtocolChain;
  int iVersion, iAddressFamily, iMaxSockAddr, iMinSockAddr, iSocketType, iProtocol, iProtocolMaxOffset,
      iNetworkByteOrder, iSecurityScheme;
  DWORD dwMessageSize, dwProviderReserved;
  WCHAR szProtocol[WSAPROTOCOL_LEN + 1];
} WSAPROTOCOL_INFOW, *LPWSAPROTOCOL_INFOW;

/* ---- Winsock's numbers ---- */

enum { AF_UNSPEC = 0, FROM_PROTOCOL_INFO = -1, PFL_MATCHES_PROTOCOL_ZERO = 8 };
enum { WSAEPROTONOSUPPORT = 10043, WSAESOCKTNOSUPPORT = 10044, WSAEAFNOSUPPORT = 10047 };

#define InterlockedIncrement(number) __atomic_add_fetch((number), 1, __ATOMIC_SEQ_CST)
#define InterlockedDecrement(number) __atomic_sub_fetch((number), 1, __ATOMIC_SEQ_CST)

/* ---- the registry ---- */

enum {
  ERROR_SUCCESS = 0,
  ERROR_FILE_NOT_FOUND = 2,
  ERROR_NOT_ENOUGH_MEMORY = 8,
  ERROR_MORE_DATA = 234,
  REG_NONE = 0,
  REG_SZ = 1,
  REG_EXPAND_SZ = 2,
  REG_BINARY = 3,
  REG_DWORD = 4,
  KEY_QUERY_VALUE = 1,
  KEY_READ = 0x20019,
  KEY_WOW64_64KEY = 0x100
};

extern const HKEY registry_machine;
#define HKEY_LOCAL_MACHINE registry_machine

LSTATUS RegOpenKeyExW(HKEY key, const WCHAR *name, DWORD options, DWORD access, HKEY *opened);
LSTATUS RegCloseKey(HKEY key);
LSTATUS RegQueryValueExW(HKEY key, const WCHAR *name, DWORD *reserved, DWORD *type, BYTE *data, DWORD *size);
LSTATUS RegQueryInfoKeyW(HKEY key, WCHAR *kind, DWORD *kind_size, DWORD *reserved, DWORD *keys,
                         DWORD *longest_key, DWORD *longest_kind, DWORD *values, DWORD *longest_value,
                         DWORD *longest_data, DWORD *security, void *written);

/* ---- text ---- */

enum { CP_ACP = 0, CP_UTF8 = 65001, LOCALE_INVARIANT = 0x7f, NORM_IGNORECASE = 1, CSTR_EQUAL = 2 };

int MultiByteToWideChar(UINT page, DWORD flags, const char *text, int length, WCHAR *wide, int room);
int WideCharToMultiByte(UINT page, DWORD flags, const WCHAR *wide, int length, char *text, int room,
                        const char *standby, BOOL *used);
DWORD ExpandEnvironmentStringsW(const WCHAR *raw, WCHAR *expanded, DWORD room);
int CompareStringA(DWORD locale, DWORD flags, const char *a, int a_length, const char *b, int b_length);
int CompareStringW(DWORD locale, DWORD flags, const WCHAR *a, int a_length, const WCHAR *b, int b_length);
UINT GetSystemWindowsDirectoryW(WCHAR *folder, UINT room);

/* The C library's own are for its own, wider wchar_t. */
size_t wide_length(const WCHAR *text);
size_t wide_length_within(const WCHAR *text, size_t limit);
WCHAR *wide_copy(WCHAR *to, const WCHAR *from);
WCHAR *wide_append(WCHAR *to, const WCHAR *from);
WCHAR *wide_find(const WCHAR *text, WCHAR wanted);
int wide_compare(const WCHAR *a, const WCHAR *b);
#define wcslen  wide_length
#define wcsnlen wide_length_within
#define wcscpy  wide_copy
#define wcscat  wide_append
#define wcschr  wide_find
#define wcscmp  wide_compare

#endif
