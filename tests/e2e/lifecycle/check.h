/* Checks of a program that runs under Wine: each that does not hold is printed with its line and counted. */
#ifndef SOCKWARDEN_TESTS_CHECK_H
#define SOCKWARDEN_TESTS_CHECK_H

#include <winsock2.h>

extern int check_failures;

/* `subject` says which of several alike it was. */
void check_that(BOOL holds, const char *what, const char *subject, int line);

#define CHECK(holds)             check_that(holds, #holds, "", __LINE__)
#define CHECK_OF(subject, holds) check_that(holds, #holds, subject, __LINE__)

/* Makes a socket and closes it: 0, or the error. */
int check_socket(int af, int type, int protocol);

#endif
