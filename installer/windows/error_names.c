#include "error_names.h"

#include <stdio.h>
#include <winsock2.h>
#include <windows.h>

#define ROW(error, advice)                                                                                   \
  {                                                                                                          \
    error, #error, advice                                                                                    \
  }

static const struct {
  int error;
  const char *name, *advice;
} rows[] = {
    ROW(WSANO_RECOVERY,
        "Winsock could not write its catalog: run this in an elevated prompt, and see whether a security "
        "product guards HKLM\\SYSTEM\\CurrentControlSet\\Services\\WinSock2"),
    ROW(WSAEINVAL,
        "Winsock found the call wrong, as it does when another program changes the catalog at the same time: "
        "close other installers and try again"),
    ROW(WSAEFAULT, "Winsock found the call wrong: try again, and report this if it stays"),
    ROW(WSAENOBUFS, "Memory is short: close programs and try again"),
    ROW(WSA_NOT_ENOUGH_MEMORY, "Memory is short: close programs and try again"),
    ROW(WSASYSCALLFAILURE, "A system call that should never fail has failed: restart and try again"),
    ROW(WSASYSNOTREADY,
        "Networking is not ready: start Windows normally, not in Safe Mode without networking"),
    ROW(WSAEINPROGRESS, "Another installation is under way: wait for it and try again"),
    ROW(WSAEACCES, "Permission is missing: run this in an elevated prompt"),
    ROW(WSAEPROVIDERFAILEDINIT, "A provider did not start: sockwarden status shows whose DLLs are missing"),
    ROW(WSAEINVALIDPROVIDER,
        "A provider is of the wrong version: sockwarden status shows who else is layered"),
    ROW(WSAEINVALIDPROCTABLE, "A provider is incomplete: sockwarden status shows who else is layered"),
    ROW(WSAEAFNOSUPPORT, "This machine has no such address family"),
    ROW(ERROR_ACCESS_DENIED,
        "Permission is missing: run this in an elevated prompt; a security product may guard the file "
        "or key"),
    ROW(ERROR_SHARING_VIOLATION, "Another program has the file open: close it, or restart, and try again"),
    ROW(ERROR_DISK_FULL, "The disk is full: make room and try again"),
    ROW(ERROR_FILE_NOT_FOUND, "A file is missing: is the whole package unpacked in one folder?"),
    ROW(ERROR_PATH_NOT_FOUND, "A folder is missing: is the whole package unpacked in one folder?"),
    ROW(ERROR_CALL_NOT_IMPLEMENTED, "This Windows lacks the function: Windows 7 is the oldest that will do"),
    ROW(ERROR_PROC_NOT_FOUND, "This Windows lacks the function: Windows 7 is the oldest that will do"),
    ROW(ERROR_INVALID_DATA,
        "The call reported success, but the catalog does not show it: a security product may guard "
        "the catalog, or this is no real Windows"),
};

const char *error_name(int error)
{
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (rows[i].error == error)
      return rows[i].name;
  return "error";
}

const char *error_advice(int error)
{
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (rows[i].error == error)
      return rows[i].advice;
  return "Try again; where it stays, restart and run: sockwarden repair";
}

void error_tell(const char *call, int error)
{
  fprintf(stderr, "sockwarden: %s failed: %s (%d). %s.\n", call, error_name(error), error,
          error_advice(error));
}
