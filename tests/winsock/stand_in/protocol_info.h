/* WSAPROTOCOL_INFO between its two character sets: they differ in the name alone, which comes last. */
#ifndef SOCKWARDEN_TESTS_PROTOCOL_INFO_H
#define SOCKWARDEN_TESTS_PROTOCOL_INFO_H

#include <winsock2.h>

void protocol_info_narrow(const WSAPROTOCOL_INFOW *wide, WSAPROTOCOL_INFOA *narrow);
void protocol_info_widen(const WSAPROTOCOL_INFOA *narrow, WSAPROTOCOL_INFOW *wide);

#endif
