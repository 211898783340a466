/*
 * embedded.h - files beside this one that are part of the command (cmake/Embed.cmake).
 */
#ifndef SOCKWARDEN_EMBEDDED_H
#define SOCKWARDEN_EMBEDDED_H

/* What `sockwarden init` writes. */
extern const char embedded_starter[];      /* starter/10-starter.lua */
extern const char embedded_starter_test[]; /* starter/10-starter_test.lua */

/* What `sockwarden completion` prints. */
extern const char embedded_bash[];       /* completion/sockwarden.bash */
extern const char embedded_powershell[]; /* completion/sockwarden.ps1 */

#endif
