/* handover duplicate|inherit: gives a socket to a child process and has it used there. Prints what the child
 * sees. */
#include <winsock2.h>

#include "start_child.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int child(SOCKET s)
{
  WSAPROTOCOL_INFOW info;
  int size = sizeof info;

  if (s == INVALID_SOCKET || getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size)) {
    printf("child: no socket: %d\n", WSAGetLastError());
    return 1;
  }
  printf("child: af %d, type %d, protocol %d, \"%ls\"\n", info.iAddressFamily, info.iSocketType,
         info.iProtocol, info.szProtocol);
  struct sockaddr_in self;
  size = sizeof self;
  getsockname(s, (struct sockaddr *)&self, &size);
  int sent = sendto(s, "from the child", 15, 0, (struct sockaddr *)&self, sizeof self);
  printf("child: sent %d\n", sent);
  int closed = closesocket(s);
  printf("child: closed %d\n", closed);
  return 0;
}

static int run(const char *mode, SOCKET s)
{
  char command[64];

  snprintf(command, sizeof command, "handover.exe child-%s %llu", mode, (unsigned long long)s);
  wchar_t path[MAX_PATH], wide[64];
  GetModuleFileNameW(NULL, path, MAX_PATH);
  MultiByteToWideChar(CP_ACP, 0, command, -1, wide, 64);
  HANDLE read_end, write_end;
  SECURITY_ATTRIBUTES inherit = {.nLength = sizeof inherit, .bInheritHandle = TRUE};
  CreatePipe(&read_end, &write_end, &inherit, 0);
  STARTUPINFOW startup = {.cb = sizeof startup,
                          .dwFlags = STARTF_USESTDHANDLES,
                          .hStdInput = read_end,
                          .hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE),
                          .hStdError = GetStdHandle(STD_ERROR_HANDLE)};
  PROCESS_INFORMATION process;
  if (!start_child(path, wide, 0, &startup, &process))
    return 1;
  if (strcmp(mode, "duplicate") == 0) {
    WSAPROTOCOL_INFOW info;
    DWORD written;

    if (WSADuplicateSocketW(s, process.dwProcessId, &info))
      printf("WSADuplicateSocket failed: %d\n", WSAGetLastError());
    else
      WriteFile(write_end, &info, sizeof info, &written, NULL);
  }
  CloseHandle(write_end);
  WaitForSingleObject(process.hProcess, INFINITE);
  char buffer[32] = "";
  DWORD patience = 2000;
  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&patience, sizeof patience);
  int received = recv(s, buffer, sizeof buffer, 0);
  printf("parent: received %d '%s'\n", received, buffer);
  return received > 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
  WSADATA data;

  WSAStartup(MAKEWORD(2, 2), &data);
  setvbuf(stdout, NULL, _IONBF, 0);
  if (argc == 3 && strcmp(argv[1], "child-inherit") == 0)
    return child((SOCKET)strtoull(argv[2], NULL, 10));
  if (argc == 3 && strcmp(argv[1], "child-duplicate") == 0) {
    WSAPROTOCOL_INFOW info;
    DWORD size = 0;

    ReadFile(GetStdHandle(STD_INPUT_HANDLE), &info, sizeof info, &size, NULL);
    return child(size == sizeof info ? WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO,
                                                  &info, 0, WSA_FLAG_OVERLAPPED)
                                     : INVALID_SOCKET);
  }
  if (argc != 2 || (strcmp(argv[1], "duplicate") && strcmp(argv[1], "inherit"))) {
    fputs("usage: handover duplicate|inherit\n", stderr);
    return 2;
  }
  SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  bind(s, (struct sockaddr *)&any, sizeof any);
  return run(argv[1], s);
}
