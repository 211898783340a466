/*
 * sid.h - security identifiers as text. Windows only. Pure; any thread.
 */
#ifndef SOCKWARDEN_SID_H
#define SOCKWARDEN_SID_H

#include <stddef.h>

#include <windows.h>

enum { SID_TEXT_MAX = 192 }; /* bytes, with the zero: "S-1-", 14 of authority, 15 numbers of 11 */

/* Write "S-1-5-32-544" for a valid SID; returns the length. Authorities of 2^32 and more are written in
 * hexadecimal (Microsoft, "SID Components"), as ConvertSidToStringSid does, which would allocate. */
size_t sid_text(PSID sid, char text[SID_TEXT_MAX]);

#endif
