/*
 * trust.h - whether only administrators could have written a file or folder that is open. Windows only.
 */
#ifndef SOCKWARDEN_TRUST_H
#define SOCKWARDEN_TRUST_H

#include "trust_report.h"

typedef enum trust_status {
  TRUST_OK,        /* only administrators can write it */
  TRUST_WRITABLE,  /* non-administrators can, or could: the report says how */
  TRUST_NO_LISTS,  /* its volume has no access lists: unknown */
  TRUST_NOT_FOUND, /* there is nothing at that path */
  TRUST_FAILED     /* it could not be examined: GetLastError() says why */
} trust_status_t;

/*
 * Judge what is open there; `path` is for the report alone. The handle needs READ_CONTROL. *report is filled
 * in where the status is TRUST_WRITABLE, which an access list that cannot be read counts as too. The account
 * of this process counts as an administrator where its token has Administrators enabled. Any thread.
 */
trust_status_t trust_judge_handle(HANDLE handle, trust_object_t object, const char *path,
                                  trust_report_t *report);

#endif
