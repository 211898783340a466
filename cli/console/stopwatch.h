/*
 * stopwatch.h - time, for measuring.
 */
#ifndef SOCKWARDEN_STOPWATCH_H
#define SOCKWARDEN_STOPWATCH_H

/* Seconds since some moment, finely counted; never goes back. */
double stopwatch_seconds(void);

#endif
