#include "log_time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void log_time_ago(double seconds, char moment[LOG_TIME_CHARS])
{
  time_t then = time(NULL) - (time_t)seconds;
  struct tm *utc = gmtime(&then);

  if (utc == NULL || !strftime(moment, LOG_TIME_CHARS, "%Y-%m-%dT%H:%M:%S", utc))
    moment[0] = 0;
}

static bool log_time__parse_ago(const char *text, char moment[LOG_TIME_CHARS])
{
  static const struct {
    char letter;
    long seconds;
  } units[] = {{'s', 1}, {'m', 60}, {'h', 60 * 60}, {'d', 24 * 60 * 60}};
  char *end;
  long count = strtol(text, &end, 10);

  if (end == text || count < 0 || count >= 1000000)
    return false;
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
    if (end[0] == units[i].letter && !end[1]) {
      log_time_ago((double)count * (double)units[i].seconds, moment);
      return true;
    }
  return false;
}

bool log_time_parse(const char *text, char moment[LOG_TIME_CHARS])
{
  static const char shape[] = "0000-00-00T00:00:00.000Z";
  enum { DAY = 10 };
  size_t length = strlen(text);

  if (log_time__parse_ago(text, moment))
    return true;
  if (length < DAY || length >= sizeof shape || length == DAY + 1)
    return false;
  for (size_t i = 0; i < length; i++)
    if (shape[i] == '0'   ? text[i] < '0' || text[i] > '9'
        : shape[i] == 'T' ? text[i] != 'T' && text[i] != ' '
                          : text[i] != shape[i])
      return false;
  strcpy(moment, text);
  if (length > DAY)
    moment[DAY] = 'T';
  return true;
}

void log_time_day(const char *moment, char day[9])
{
  snprintf(day, 9, "%.4s%.2s%.2s", moment, moment + 5, moment + 8);
}
