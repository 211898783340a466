/*
 * coverage_report.h - coverage for people, and for programs.
 */
#ifndef SOCKWARDEN_COVERAGE_REPORT_H
#define SOCKWARDEN_COVERAGE_REPORT_H

#include "coverage.h"
#include "json.h"

/* On stdout, each line after the prefix. */
void coverage_report_print(const coverage_t *coverage, const char *prefix);

/* As a member "coverage" of the object under way. */
void coverage_report_json(const coverage_t *coverage, json_writer_t *json);

#endif
