/*
 * process_token.h - who the process runs as, from its access token.
 */
#ifndef SOCKWARDEN_WINHOST_PROCESS_TOKEN_H
#define SOCKWARDEN_WINHOST_PROCESS_TOKEN_H

#include <stdbool.h>

/* The account as DOMAIN\name, UTF-8. May ask a domain controller. NULL where it has no name that can be found
 * out; the caller frees the text. */
char *process_token_user(void);

/* The account as S-1-5-..., UTF-8. NULL where memory is short; the caller frees the text. */
char *process_token_sid(void);

/* Whether the process is elevated (TokenElevation); before Vista, whether its account is an administrator. */
bool process_token_elevated(void);

/* Whether the token has the group SERVICE, S-1-5-6. */
bool process_token_is_service(void);

#endif
