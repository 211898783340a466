/*
 * log_time.h - moments, as records of the decision log write them: UTC, "2026-11-22T21:00:05.000Z", or a
 * beginning of such a text, which compares as that moment.
 */
#ifndef SOCKWARDEN_LOG_TIME_H
#define SOCKWARDEN_LOG_TIME_H

#include <stdbool.h>

enum { LOG_TIME_CHARS = 40 };

/* The moment that many seconds ago. */
void log_time_ago(double seconds, char moment[LOG_TIME_CHARS]);

/* What people write: "2026-11-22", "2026-11-22T21:00", "2026-11-22 21:00:05", or how long ago: "90s", "15m",
 * "2h", "3d". False where it is none of these. */
bool log_time_parse(const char *text, char moment[LOG_TIME_CHARS]);

/* Its day, as in the names of files: "20261122". */
void log_time_day(const char *moment, char day[9]);

#endif
