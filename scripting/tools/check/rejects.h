/*
 * rejects.h - rejections that break programs.
 */
#ifndef SOCKWARDEN_REJECTS_H
#define SOCKWARDEN_REJECTS_H

#include "analysis.h"

/* Warn where the rule under analysis, which rejects, takes plain sockets from every program with an error
 * that some do not survive. */
void rejects_check(analysis_t *analysis);

/* The same for the function under analysis, which rejected this. True where it warned. */
bool rejects_check_verdict(analysis_t *analysis, const policy_triple_t *triple, int32_t error);

#endif
