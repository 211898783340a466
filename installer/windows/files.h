/*
 * files.h - whole texts as files, and files that may be in use, as DLLs are. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_FILES_H
#define SOCKWARDEN_INSTALLER_FILES_H

#include <stdbool.h>
#include <stdint.h>
#include <winsock2.h>
#include <windows.h>

/* A whole file of less than 64 MiB as text with a zero behind it, which the caller frees; NULL where it
 * cannot be read. */
char *files_read(const WCHAR *path);

/* Writes and flushes to disk, whole or not at all: a file beside it takes its place. 0 or the error. */
DWORD files_write(const WCHAR *path, const char *text);

/* Whether there is a file or folder. */
bool files_exist(const WCHAR *path);

/* Whether both can be read and hold the same bytes. */
bool files_equal(const WCHAR *a, const WCHAR *b);

/* The processor that a DLL is for, IMAGE_FILE_MACHINE_*; 0 where it is no DLL. */
uint16_t files_dll_processor(const WCHAR *path);

/* Puts a copy there with the access list ACL_DLL, in the place of what is there. 0 or the error. */
DWORD files_place_dll(const WCHAR *from, const WCHAR *to, bool *later);

/* Removes a file. One that is in use gets another name and goes at the next start of Windows: *later becomes
 * true, and is left alone otherwise. A file that is not there is removed already. 0 or the error. */
DWORD files_remove(const WCHAR *path, bool *later);

/* Removes a folder of ours with all that is in it, never following links out of it. 0 or the error. */
DWORD files_remove_tree(const WCHAR *folder);

/* "1.2.3.4" from the version resource, or "" where it has none. */
void files_version(const WCHAR *path, char *text, size_t size);

#endif
