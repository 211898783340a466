#include "calls.h"

#include "handle.h"

SOCKET call_accept(chain_instance_t *instance, SOCKET s, struct sockaddr *addr, LPINT addrlen,
                   LPCONDITIONPROC lpfnCondition, DWORD_PTR dwCallbackData, LPINT lpErrno)
{
  INT error = 0;
  SOCKET made = instance->lower.lpWSPAccept(s, addr, addrlen, lpfnCondition, dwCallbackData, &error);

  return handle_finish(instance, s, made, error, lpErrno);
}
