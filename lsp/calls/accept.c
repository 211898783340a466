#include "provider.h"

#include "handle.h"

/* A socket the lower provider returned: ours to label, unless it is the one the call was made on, which is
 * labelled. */
static SOCKET accept__adopt(const slot_t *slot, SOCKET s, SOCKET made, INT error, LPINT lpErrno)
{
  SOCKET adopted = made;

  if (made != INVALID_SOCKET && made != s)
    adopted = handle_adopt(slot, made, &error);
  if (adopted == INVALID_SOCKET)
    handle_fail(lpErrno, error);
  return adopted;
}

SOCKET provider_accept(slot_t *slot, SOCKET s, struct sockaddr *addr, LPINT addrlen,
                       LPCONDITIONPROC lpfnCondition, DWORD_PTR dwCallbackData, LPINT lpErrno)
{
  INT error = 0;
  SOCKET made = slot->below.lpWSPAccept(s, addr, addrlen, lpfnCondition, dwCallbackData, &error);

  return accept__adopt(slot, s, made, error, lpErrno);
}

SOCKET provider_join_leaf(slot_t *slot, SOCKET s, const struct sockaddr *name, int namelen,
                          LPWSABUF lpCallerData, LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS,
                          DWORD dwFlags, LPINT lpErrno)
{
  INT error = 0;
  SOCKET made = slot->below.lpWSPJoinLeaf(s, name, namelen, lpCallerData, lpCalleeData, lpSQOS, lpGQOS,
                                          dwFlags, &error);

  return accept__adopt(slot, s, made, error, lpErrno);
}
