/*
 * trial.h - what functions do is known only from trying them: for a program that no policy knows, and a call
 * of each kind that Windows serves.
 */
#ifndef SOCKWARDEN_TRIAL_H
#define SOCKWARDEN_TRIAL_H

#include "analysis.h"

/* Try the function under analysis; warn of what it fails at, rejects and rewrites. */
void trial_check(analysis_t *analysis);

#endif
