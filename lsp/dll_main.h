/*
 * dll_main.h - what the loader said to this DLL.
 */
#ifndef SOCKWARDEN_LSP_DLL_MAIN_H
#define SOCKWARDEN_LSP_DLL_MAIN_H

#include <stdbool.h>
#include "winsock.h"

/* The module this code was loaded as. NULL in a test, where the code is part of the program. */
HINSTANCE dll_instance(void);

/* Whether the process is ending. Its other threads are gone then, perhaps inside a lock or a heap, so nothing
 * may be freed or called any more; the system takes everything back. */
bool dll_process_exiting(void);

#endif
