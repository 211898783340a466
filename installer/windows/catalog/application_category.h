/*
 * application_category.h - the category that keeps layers out of one program.
 */
#ifndef SOCKWARDEN_INSTALLER_APPLICATION_CATEGORY_H
#define SOCKWARDEN_INSTALLER_APPLICATION_CATEGORY_H

#include <stdbool.h>
#include <winsock2.h>
#include <windows.h>

#include "error_names.h"

/* Gives the program at that full path the category SYSTEM, and reads back what it has: *before and *after are
 * bit sets of LSP_*. False where that fails, or reading back shows something else. */
bool application_category_set_system(const WCHAR *program, DWORD *before, DWORD *after,
                                     call_failure_t *failure);

#endif
