/* start_child.h - CreateProcessW for test programs under Wine. */
#ifndef SOCKWARDEN_TESTS_START_CHILD_H
#define SOCKWARDEN_TESTS_START_CHILD_H

#include <windows.h>

/* As CreateProcessW with inherited handles. About once in a thousand times Wine 8 fails it with
 * ERROR_INTERNAL_ERROR: the new Unix process ended before it ran any of the program (NtCreateUserProcess in
 * ntdll/unix/process.c); so it is tried again then. */
BOOL start_child(const wchar_t *program, wchar_t *command, DWORD flags, STARTUPINFOW *startup,
                 PROCESS_INFORMATION *process);

#endif
