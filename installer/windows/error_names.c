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
    ROW(WSANO_RECOVERY, "Winsock cannot write its catalog: run this from an elevated prompt; if it still "
                        "fails, check whether a "
                        "security product guards HKLM\\SYSTEM\\CurrentControlSet\\Services\\WinSock2"),
    ROW(WSAEINVAL,
        "Winsock rejected the call, as it does when another program changes the catalog at the same time: "
        "close other installers and try again"),
    ROW(WSAEFAULT, "Winsock rejected the call: try again, and report a bug if it persists"),
    ROW(WSAENOBUFS, "Out of memory: close programs and try again"),
    ROW(WSA_NOT_ENOUGH_MEMORY, "Out of memory: close programs and try again"),
    ROW(WSASYSCALLFAILURE, "A system call failed that should never fail: restart and try again"),
    ROW(WSASYSNOTREADY, "Networking is not ready: start Windows normally, or in Safe Mode with networking"),
    ROW(WSAEINPROGRESS, "Another installation is in progress: wait for it and try again"),
    ROW(WSAEACCES, "Access denied: run this from an elevated prompt"),
    ROW(WSAEPROVIDERFAILEDINIT, "A provider failed to start: sockwarden status shows whose DLLs are missing"),
    ROW(WSAEINVALIDPROVIDER, "A provider has the wrong version: sockwarden status lists the other layers"),
    ROW(WSAEINVALIDPROCTABLE, "A provider is incomplete: sockwarden status lists the other layers"),
    ROW(WSAEAFNOSUPPORT, "This machine does not support the address family"),
    ROW(ERROR_ACCESS_DENIED,
        "Access denied: run this from an elevated prompt; if it still fails, check whether a "
        "security product guards the file or key"),
    ROW(ERROR_SHARING_VIOLATION, "Another program has the file open: close it, or restart, and try again"),
    ROW(ERROR_DISK_FULL, "The disk is full: free some space and try again"),
    ROW(ERROR_FILE_NOT_FOUND, "A file is missing: unpack the whole package into one folder"),
    ROW(ERROR_PATH_NOT_FOUND, "A folder is missing: unpack the whole package into one folder"),
    ROW(ERROR_CALL_NOT_IMPLEMENTED, "This Windows lacks the function: Windows 7 or later is needed"),
    ROW(ERROR_PROC_NOT_FOUND, "This Windows lacks the function: Windows 7 or later is needed"),
    ROW(ERROR_INVALID_DATA,
        "The call reported success, but the change is not there: check whether a security product "
        "guards the Winsock catalog and the system folders"),
};

void call_failure_text(const call_failure_t *failure, char text[CALL_FAILURE_TEXT])
{
  snprintf(text, CALL_FAILURE_TEXT, "%s failed: %s (%d). %s.", failure->call, error_name(failure->error),
           failure->error, error_advice(failure->error));
}

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
  return "Try again; if it persists, restart and run: sockwarden repair";
}
