#include "process_services.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "utf8.h"
#include "winsock.h"

/* Add a name to the list; the list is freed and NULL returned where memory is short. */
static char *process_services__add(char *list, const WCHAR *service)
{
  char *name = utf8_copy(service);
  size_t length = strlen(list);
  char *longer = name == NULL ? NULL : realloc(list, length + strlen(name) + 2);

  if (longer == NULL) {
    free(list);
    free(name);
    return NULL;
  }
  if (length > 0)
    longer[length++] = '\n';
  strcpy(longer + length, name);
  free(name);
  return longer;
}

static char *process_services__pick(const ENUM_SERVICE_STATUS_PROCESSW *services, DWORD count)
{
  DWORD process = GetCurrentProcessId();
  char *list = calloc(1, 1);

  for (DWORD i = 0; list != NULL && i < count; i++)
    if (services[i].ServiceStatusProcess.dwProcessId == process)
      list = process_services__add(list, services[i].lpServiceName);
  return list;
}

static BOOL process_services__enumerate(SC_HANDLE manager, BYTE *buffer, DWORD size, DWORD *needed,
                                        DWORD *count)
{
  DWORD resume = 0;

  return EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_ACTIVE, buffer, size,
                               needed, count, &resume, NULL);
}

char *process_services(void)
{
  DWORD size = 0, needed = 0, count = 0;
  BYTE *buffer = NULL;
  char *list = NULL;
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_ENUMERATE_SERVICE);

  if (manager == NULL)
    return NULL;
  /* Services start and stop while we ask. */
  for (int attempt = 0; attempt < 4; attempt++) {
    if (process_services__enumerate(manager, buffer, size, &needed, &count)) {
      list = process_services__pick((const ENUM_SERVICE_STATUS_PROCESSW *)buffer, count);
      break;
    }
    if (GetLastError() != ERROR_MORE_DATA)
      break;
    size += needed + 4096;
    free(buffer);
    buffer = malloc(size);
    if (buffer == NULL)
      break;
  }
  free(buffer);
  CloseServiceHandle(manager);
  return list;
}
