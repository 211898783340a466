/*
 * trust_path.h - whether only administrators can change what is in a folder or put another folder in its
 * place. Windows only. Any thread.
 */
#ifndef SOCKWARDEN_TRUST_PATH_H
#define SOCKWARDEN_TRUST_PATH_H

#include "trust.h"

/* Judge the folder itself, every folder above it, every link on the path, and where a link led the path to
 * its target. `path` is UTF-8. *report is filled in where the status is TRUST_WRITABLE. */
trust_status_t trust_path_judge_folder(const char *path, trust_report_t *report);

#endif
