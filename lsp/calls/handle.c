#include "handle.h"

#include "upcalls.h"

SOCKET handle_label(const chain_instance_t *instance, SOCKET s, INT *error)
{
  LPWPUMODIFYIFSHANDLE modify = upcalls_modify_ifs_handle();
  INT ignored = 0;

  if (!instance->ifs)
    return s;
  *error = 0;
  SOCKET labelled = modify == NULL ? INVALID_SOCKET : modify(instance->place.own_id, s, error);
  if (labelled == INVALID_SOCKET)
    instance->lower.lpWSPCloseSocket(s, &ignored);
  return labelled;
}

SOCKET handle_finish(const chain_instance_t *instance, SOCKET s, SOCKET made, INT error, LPINT lpErrno)
{
  SOCKET finished = made;

  if (made != INVALID_SOCKET && made != s)
    finished = handle_label(instance, made, &error);
  if (finished == INVALID_SOCKET)
    handle_fail(lpErrno, error);
  return finished;
}

void handle_fail(LPINT lpErrno, INT error)
{
  if (lpErrno != NULL)
    *lpErrno = error != 0 ? error : WSAENETDOWN;
}
