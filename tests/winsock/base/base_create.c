#include "base_entries.h"
#include "base_raw.h"
#include "base_record.h"
#include "base_state.h"
#include "builtin.h"

int base_result(int result, LPINT lpErrno)
{
  *lpErrno = result == SOCKET_ERROR ? (int)GetLastError() : 0;
  return result;
}

/* Labels a new socket of ours; without a label nobody can use it, so it is closed again. */
static SOCKET hand_out(SOCKET socket, DWORD entry_id, LPINT lpErrno)
{
  int error = 0;
  SOCKET labelled = base_upcalls()->lpWPUModifyIFSHandle(entry_id, socket, &error);

  if (labelled == INVALID_SOCKET)
    builtin()->closesocket(socket);
  *lpErrno = error;
  return labelled;
}

static SOCKET fail(int error, LPINT lpErrno)
{
  *lpErrno = error;
  return INVALID_SOCKET;
}

/* A socket that WSPDuplicateSocket prepared for this process: the handle is in dwProviderReserved, "available
 * for the service provider's use" (Shared Sockets in the SPI). */
static SOCKET open_shared(const WSAPROTOCOL_INFOW *info, LPINT lpErrno)
{
  SOCKET socket = info->dwProviderReserved;
  WSAPROTOCOL_INFOW own;

  if (base_entries_of_socket(socket, &own))
    return fail(WSAEINVAL, lpErrno);
  return hand_out(socket, info->dwCatalogEntryId, lpErrno);
}

/* 0 is a wildcard for family and type; FROM_PROTOCOL_INFO (-1) "must be accepted for any". Plain values win
 * over the info, even where they contradict it: Wine's test suite found Windows to do so. */
static int effective(int given, int from_info, BOOL zero_is_wildcard)
{
  return given == FROM_PROTOCOL_INFO || (given == 0 && zero_is_wildcard) ? from_info : given;
}

/* "exactly one of the two control plane flags, and one of the two data plane flags must be set"; a root is
 * "only allowed if a rooted control plane" (data plane) "is indicated", a leaf "only allowed if
 * XP1_SUPPORT_MULTIPOINT is" (Multipoint Socket Attributes). */
static BOOL multipoint_allowed(DWORD service, DWORD flags)
{
  BOOL c_root = (flags & WSA_FLAG_MULTIPOINT_C_ROOT) != 0, c_leaf = (flags & WSA_FLAG_MULTIPOINT_C_LEAF) != 0;
  BOOL d_root = (flags & WSA_FLAG_MULTIPOINT_D_ROOT) != 0, d_leaf = (flags & WSA_FLAG_MULTIPOINT_D_LEAF) != 0;

  if (!c_root && !c_leaf && !d_root && !d_leaf)
    return TRUE;
  return c_root + c_leaf == 1 && d_root + d_leaf == 1 && (service & XP1_SUPPORT_MULTIPOINT) &&
         (!c_root || service & XP1_MULTIPOINT_CONTROL_PLANE) &&
         (!d_root || service & XP1_MULTIPOINT_DATA_PLANE);
}

static SOCKET make(int af, int type, int protocol, GROUP g, DWORD flags)
{
  SOCKET socket = builtin()->WSASocketW(af, type, protocol, NULL, g, flags);

  return socket == INVALID_SOCKET && type == SOCK_RAW ? base_raw_make(af, protocol, flags) : socket;
}

SOCKET WSPAPI base_WSPSocket(int af, int type, int protocol, LPWSAPROTOCOL_INFOW lpProtocolInfo, GROUP g,
                             DWORD dwFlags, LPINT lpErrno)
{
  base_record_socket(af, type, protocol, lpProtocolInfo, g, dwFlags);
  int error = base_entries_check(lpProtocolInfo);
  if (error)
    return fail(error, lpErrno);
  if (lpProtocolInfo->dwProviderReserved)
    return open_shared(lpProtocolInfo, lpErrno);
  af = effective(af, lpProtocolInfo->iAddressFamily, TRUE);
  type = effective(type, lpProtocolInfo->iSocketType, TRUE);
  /* Protocol 0 is the provider's choice, and so the built-in's, which knows family and type now. */
  protocol = effective(protocol, lpProtocolInfo->iProtocol, FALSE);
  if (af != AF_INET && af != AF_INET6)
    return fail(WSAEAFNOSUPPORT, lpErrno);
  if (type != SOCK_STREAM && type != SOCK_DGRAM && type != SOCK_RAW)
    return fail(WSAESOCKTNOSUPPORT, lpErrno);
  if (!multipoint_allowed(lpProtocolInfo->dwServiceFlags1, dwFlags))
    return fail(WSAEINVAL, lpErrno);
  SOCKET socket = make(af, type, protocol, g, dwFlags);
  if (socket == INVALID_SOCKET)
    return fail((int)GetLastError(), lpErrno);
  return hand_out(socket, lpProtocolInfo->dwCatalogEntryId, lpErrno);
}

SOCKET WSPAPI base_WSPAccept(SOCKET s, struct sockaddr *addr, LPINT addrlen, LPCONDITIONPROC lpfnCondition,
                             DWORD_PTR dwCallbackData, LPINT lpErrno)
{
  SOCKET accepted = builtin()->WSAAccept(s, addr, addrlen, lpfnCondition, dwCallbackData);

  if (accepted == INVALID_SOCKET)
    return fail((int)GetLastError(), lpErrno);
  WSAPROTOCOL_INFOW info;
  int error = base_entries_of_socket(accepted, &info);
  if (error) {
    builtin()->closesocket(accepted);
    return fail(error, lpErrno);
  }
  return hand_out(accepted, info.dwCatalogEntryId, lpErrno);
}

static int join_group(SOCKET s, const struct sockaddr *name, int namelen)
{
  if (name->sa_family == AF_INET && namelen >= (int)sizeof(struct sockaddr_in)) {
    struct ip_mreq request = {.imr_multiaddr = ((const struct sockaddr_in *)(const void *)name)->sin_addr};

    return builtin()->setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, (char *)&request, sizeof request);
  }
  if (name->sa_family == AF_INET6 && namelen >= (int)sizeof(struct sockaddr_in6)) {
    struct ipv6_mreq request = {.ipv6mr_multiaddr =
                                    ((const struct sockaddr_in6 *)(const void *)name)->sin6_addr};

    return builtin()->setsockopt(s, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, (char *)&request, sizeof request);
  }
  SetLastError(WSAEAFNOSUPPORT);
  return SOCKET_ERROR;
}

/* IP multicast is non-rooted, so joining makes no new socket: the same handle comes back ("Semantics for
 * Joining Multipoint Leaves"). Wine's built-in has no WSAJoinLeaf. */
SOCKET WSPAPI base_WSPJoinLeaf(SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF lpCallerData,
                               LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS, DWORD dwFlags,
                               LPINT lpErrno)
{
  (void)lpCallerData;
  (void)lpCalleeData;
  (void)lpSQOS;
  (void)lpGQOS;
  WSAPROTOCOL_INFOW info;
  int error = base_entries_of_socket(s, &info);
  if (error)
    return fail(error, lpErrno);
  if (!(info.dwServiceFlags1 & XP1_SUPPORT_MULTIPOINT))
    return fail(WSAEOPNOTSUPP, lpErrno);
  if (name == NULL)
    return fail(WSAEFAULT, lpErrno);
  if (dwFlags != JL_SENDER_ONLY && join_group(s, name, namelen))
    return fail((int)GetLastError(), lpErrno);
  *lpErrno = 0;
  return s;
}

/* Errors in the order that Wine's test suite found on Windows. */
int WSPAPI base_WSPDuplicateSocket(SOCKET s, DWORD dwProcessId, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                                   LPINT lpErrno)
{
  base_record("WSPDuplicateSocket", lpProtocolInfo);
  WSAPROTOCOL_INFOW info;
  int error = base_entries_of_socket(s, &info);
  HANDLE process = error ? NULL : OpenProcess(PROCESS_DUP_HANDLE, FALSE, dwProcessId);
  if (!error && process == NULL)
    error = WSAEINVAL;
  else if (!error && lpProtocolInfo == NULL)
    error = WSAEFAULT;
  HANDLE duplicate = NULL;
  if (!error &&
      !DuplicateHandle(GetCurrentProcess(), (HANDLE)s, process, &duplicate, 0, FALSE, DUPLICATE_SAME_ACCESS))
    error = WSAENOBUFS;
  if (process != NULL)
    CloseHandle(process);
  *lpErrno = error;
  if (error)
    return SOCKET_ERROR;
  if (dwProcessId == GetCurrentProcessId())
    base_raw_copy(s, (SOCKET)duplicate);
  info.dwProviderReserved = (DWORD)(ULONG_PTR)duplicate;
  *lpProtocolInfo = info;
  return 0;
}
