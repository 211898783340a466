#include "entries.h"

#include <stdlib.h>

WSAPROTOCOL_INFOW *entries_enumerate(int *count)
{
  DWORD size = 0;
  int error = WSAENOBUFS;

  WSCEnumProtocols(NULL, NULL, &size, &error);
  WSAPROTOCOL_INFOW *infos = malloc(size ? size : 1);
  *count = infos != NULL ? WSCEnumProtocols(NULL, infos, &size, &error) : SOCKET_ERROR;
  if (*count != SOCKET_ERROR)
    return infos;
  free(infos);
  *count = 0;
  SetLastError((DWORD)error);
  return NULL;
}

const WSAPROTOCOL_INFOW *entries_find(const WSAPROTOCOL_INFOW *infos, int count, DWORD id)
{
  for (int i = 0; i < count; i++) {
    if (infos[i].dwCatalogEntryId == id)
      return infos + i;
  }
  return NULL;
}
