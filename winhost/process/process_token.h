/*
 * process_token.h - who the process runs as: facts from its access token.
 */
#ifndef SOCKWARDEN_LSP_PROCESS_TOKEN_H
#define SOCKWARDEN_LSP_PROCESS_TOKEN_H

#include <stdbool.h>

/* The account as DOMAIN\name, UTF-8. May ask a domain controller. NULL where it has no name that can be found
 * out; the caller frees the text. */
char *process_token_user(void);

/* The account as S-1-5-..., UTF-8. NULL where memory is short; the caller frees the text. */
char *process_token_sid(void);

/* Whether the process is elevated; false where that cannot be found out. */
bool process_token_elevated(bool *elevated);

/* Whether the token has the group SERVICE, S-1-5-6. */
bool process_token_is_service(void);

#endif
