/*
 * program_data.h - the machine's ProgramData folder, without asking the host's environment, which is the
 * host's to set.
 */
#ifndef SOCKWARDEN_WINHOST_PROGRAM_DATA_H
#define SOCKWARDEN_WINHOST_PROGRAM_DATA_H

#include <stdbool.h>
#include "winsock.h"

/* The folder, without a separator at its end, in at most `chars` characters. False where it cannot be found
 * out. */
bool program_data_folder(WCHAR *folder, DWORD chars);

/* The same from the registry's text and the Windows directory: %SystemDrive% in front is the drive of the
 * latter, other variables cannot be had without the environment. Only a full path on a drive will do: Windows
 * needs the folder before it has a network. */
bool program_data_expand(const WCHAR *recorded, const WCHAR *windows, WCHAR *folder, DWORD chars);

/* Whether a path names its drive and starts at that drive's root: a program's current directory does not
 * choose what it means, and no server holds up who opens it. */
bool full_path_on_drive(const WCHAR *path);

#endif
