/*
 * process_services.h - the services this process runs.
 */
#ifndef SOCKWARDEN_WINHOST_PROCESS_SERVICES_H
#define SOCKWARDEN_WINHOST_PROCESS_SERVICES_H

/* Names of the services registered under this process id, UTF-8, newline between them; "" where there are
 * none. Asks the service control manager. NULL where it does not answer; the caller frees the text. */
char *process_services(void);

#endif
