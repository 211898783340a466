/*
 * embedded.h - files of the repository that the command carries along (cmake/Embed.cmake).
 */
#ifndef SOCKWARDEN_EMBEDDED_H
#define SOCKWARDEN_EMBEDDED_H

extern const char embedded_starter[];      /* starter/10-starter.lua */
extern const char embedded_starter_test[]; /* starter/10-starter_test.lua */
extern const char embedded_bash[];         /* completion/sockwarden.bash */
extern const char embedded_powershell[];   /* completion/sockwarden.ps1 */

#endif
