/*
 * ws2_32.h - functions of ws2_32.dll that are found at run time: newer and older Windows lack some. Any
 * thread.
 */
#ifndef SOCKWARDEN_INSTALLER_WS2_32_H
#define SOCKWARDEN_INSTALLER_WS2_32_H

#include <winsock2.h>
#include <windows.h>

/* NULL where this Windows has no such function. A test may link a function of its own in the place of this
 * one. */
FARPROC ws2_32_find(const char *name);

#endif
