/*
 * settings_report.h - settings read again and again, and what is wrong with them reported once.
 */
#ifndef SOCKWARDEN_WINHOST_SETTINGS_REPORT_H
#define SOCKWARDEN_WINHOST_SETTINGS_REPORT_H

#include "settings.h"

/*
 * As settings_read_below, and true where what is wrong is other than at the last reading in this process. The
 * caller takes up what it read and then has it reported.
 */
bool settings_read_watched(HKEY root, policy_settings_t *settings, settings_log_t *log);

/* Report each value that cannot be used, or that there is none any more. */
void settings_report(HKEY root, void (*report)(void *context, const policy_report_t *report), void *context);

#endif
