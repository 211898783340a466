/*
 * files.h - the few things done with files: whole texts, and DLLs that may be in use.
 */
#ifndef SOCKWARDEN_INSTALLER_FILES_H
#define SOCKWARDEN_INSTALLER_FILES_H

#include <stdbool.h>
#include <stdint.h>
#include <winsock2.h>
#include <windows.h>

/* A whole small file as text with a zero behind it, which the caller frees; NULL where it cannot be read. */
char *files_read(const WCHAR *path);

/* Writes and flushes to disk, whole or not at all: a file beside it takes its place. 0 or the error. */
DWORD files_write(const WCHAR *path, const char *text);

bool files_exist(const WCHAR *path);
bool files_equal(const WCHAR *a, const WCHAR *b);

/* The processor a DLL is for, IMAGE_FILE_MACHINE_*; 0 where it is no DLL. */
uint16_t files_machine(const WCHAR *path);

/* Puts a copy there under the DLLs' protection. What is in use and in the way steps aside and goes at the
 * next start
 * (*later). 0 or the error. */
DWORD files_place_dll(const WCHAR *from, const WCHAR *to, bool *later);

/* Removes a file; one that is in use steps aside and goes at the next start (*later). A file that is not
 * there is removed already. 0 or the error. */
DWORD files_remove(const WCHAR *path, bool *later);

/* Removes a folder of ours with all that is in it, never following links out of it. 0 or the error. */
DWORD files_remove_tree(const WCHAR *folder);

/* "1.2.3.4" from the version resource, or "". */
void files_version(const WCHAR *path, char *text, size_t size);

#endif
