/*
 * winsock.h - Winsock's provider interface, in the one order in which its headers may be included.
 */
#ifndef SOCKWARDEN_WINHOST_WINSOCK_H
#define SOCKWARDEN_WINHOST_WINSOCK_H

#include <winsock2.h>
#include <windows.h>
#include <ws2spi.h>

#endif
