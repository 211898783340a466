#include "calls.h"

#include "handle.h"

SOCKET call_join_leaf(chain_instance_t *instance, SOCKET s, const struct sockaddr *name, int namelen,
                      LPWSABUF lpCallerData, LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS, DWORD dwFlags,
                      LPINT lpErrno)
{
  INT error = 0;
  SOCKET made = instance->lower.lpWSPJoinLeaf(s, name, namelen, lpCallerData, lpCalleeData, lpSQOS, lpGQOS,
                                              dwFlags, &error);

  return handle_finish(instance, s, made, error, lpErrno);
}
