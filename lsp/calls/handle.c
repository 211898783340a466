#include "handle.h"

SOCKET handle_adopt(const slot_t *slot, SOCKET s, INT *error)
{
  LPWPUMODIFYIFSHANDLE modify = slot_modify_ifs_handle();
  INT ignored = 0;

  if (!slot->ifs)
    return s;
  *error = 0;
  SOCKET adopted = modify == NULL ? INVALID_SOCKET : modify(slot->place.own_id, s, error);
  if (adopted == INVALID_SOCKET)
    slot->below.lpWSPCloseSocket(s, &ignored);
  return adopted;
}

void handle_fail(LPINT lpErrno, INT error)
{
  if (lpErrno != NULL)
    *lpErrno = error != 0 ? error : WSAENETDOWN;
}
