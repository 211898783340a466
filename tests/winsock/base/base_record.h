/* What the base provider was handed, told to a program in the process that watches (RecordWatch in
 * layers/recorder/record.h), in the recording layers' words. Nobody watches: nothing is done. */
#ifndef SOCKWARDEN_TESTS_BASE_RECORD_H
#define SOCKWARDEN_TESTS_BASE_RECORD_H

#include <winsock2.h>

void base_record(const char *call, const WSAPROTOCOL_INFOW *info);

void base_record_socket(int af, int type, int protocol, const WSAPROTOCOL_INFOW *info, GROUP g, DWORD flags);

#endif
