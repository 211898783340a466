/* The recording layers' notes: one JSON object a line, appended to the file that the environment variable
 * RECORD_FILE names (a Windows path; without it nothing is noted). Each line is written by one call, so
 * processes and layers can share a file, and it may be read and truncated while programs run.
 *
 * Every line has
 *   "n"      a number that counts the lines of this DLL in this process, from 1
 *   "layer"  the DLL's file name without its extension: "upper", "lower"
 *   "kind"   "ifs" or "non-ifs"
 *   "pid", "tid"
 *   "chain"  the catalog id in the info that WSPStartup was handed, for the proc table that was called
 *   "own"    the catalog id under which this layer stands in that chain
 *   "call"   the SPI function; "phase" "enter" with what it was handed, or "leave" with what it hands back
 * and the call's own members. Numbers are decimal; structures are hexadecimal digits, two a byte, in memory
 * order; a NULL pointer is null:
 *   WSPStartup            enter version, info, upcalls; leave error, version, below (the proc table from
 *                         below) and table (the one handed out)
 *   WSPSocket             enter af, type, protocol, info, g, flags; leave socket, below (the socket of the
 *                         provider below), error
 *   WSPAccept, WSPJoinLeaf
 *                         enter socket (WSPJoinLeaf: and flags); leave as WSPSocket
 *   WSPDuplicateSocket    enter socket, process, info (as it came in); leave error, info
 *   WSPAddressToString    enter info; leave error
 *   WSPStringToAddress    enter af, info; leave error
 *   WSPGetSockOpt         (of SO_PROTOCOL_INFO) enter socket, option; leave error, info
 *   WSPCloseSocket        enter socket; leave error
 *   WSPCleanup            leave error */
#ifndef SOCKWARDEN_TESTS_RECORD_H
#define SOCKWARDEN_TESTS_RECORD_H

#include "chain.h"

#include <stddef.h>

#define RECORD_LINE_MAX 4096

typedef struct record {
  size_t used;
  char line[RECORD_LINE_MAX];
} record_t;

/* Starts a line; `chain` is NULL where there is none yet. */
void record_enter(record_t *record, const chain_t *chain, const char *call);
void record_leave(record_t *record, const chain_t *chain, const char *call);

void record_number(record_t *record, const char *name, long long value);
void record_bytes(record_t *record, const char *name, const void *bytes, size_t size);
void record_info(record_t *record, const WSAPROTOCOL_INFOW *info);

/* The members that end most lines. */
void record_result(record_t *record, int error);
void record_socket(record_t *record, SOCKET socket, SOCKET below, int error);

/* Writes the line. The last error stays. */
void record_end(record_t *record);

/* A program in the process may have the lines instead of, or besides, the file: the DLL exports RecordWatch.
 * The line ends without a newline and lives as long as the call. NULL ends the watch. */
typedef void(CALLBACK *record_watch_fn)(const char *line);
void CALLBACK RecordWatch(record_watch_fn watch);
BOOL record_watched(void);

/* What this DLL is called: its file name without the extension. */
const char *record_layer(void);

#endif
