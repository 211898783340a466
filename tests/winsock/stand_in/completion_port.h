/* Completion ports for handles that are made here.
 *
 * "In operating systems that support completion ports, the Windows Sockets 2 architecture supports
 * associating a completion port with the socket handle and using it to report overlapped I/O completion"
 * (WPUCreateSocketHandle). On Windows the handle is one of a driver of ws2_32's own, ws2ifsl.sys, which hears
 * of the association. Here the call that makes it, NtSetInformationFile, is looked into within the process.
 */
#ifndef SOCKWARDEN_TESTS_COMPLETION_PORT_H
#define SOCKWARDEN_TESTS_COMPLETION_PORT_H

#include <winsock2.h>

/* Looks into NtSetInformationFile from now on, once a process; FALSE where Wine's code is not what is
 * expected. */
BOOL completion_port_watch(void);

/* Reports the end of a request to the port that a client tied the handle to, if any, and sets the event in
 * the client's structure, if any. FALSE where the handle was not made here. */
BOOL completion_port_report(SOCKET socket, WSAOVERLAPPED *overlapped, DWORD error, DWORD transferred);

#endif
