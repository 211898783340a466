#include "handed.h"

#include "leftovers.h"
#include "pairs.h"

#include <string.h>

static bool read_whole(HANDLE pipe, void *buffer, DWORD size)
{
  DWORD got, used = 0;

  while (used < size && ReadFile(pipe, (char *)buffer + used, size - used, &got, NULL) && got > 0)
    used += got;
  return used == size;
}

static int describe(SOCKET s, WSAPROTOCOL_INFOW *info)
{
  int size = sizeof *info;

  return getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)info, &size) ? WSAGetLastError() : 0;
}

static void make_own(const order_t *order, report_t *report)
{
  const kind_t *kind = &kinds[order->kind];
  SOCKET s = WSASocketW(kind->af, kind->type, pair_protocol(order->kind), NULL, 0, WSA_FLAG_OVERLAPPED);

  report->own_error = s == INVALID_SOCKET ? WSAGetLastError() : describe(s, &report->own_info);
  if (s != INVALID_SOCKET)
    closesocket(s);
}

static void use(const order_t *order, report_t *report, SOCKET s)
{
  report->error = describe(s, &report->info);
  report->owner = holdings_owner(s);
  if (report->error)
    return;
  report->received = pair_receive(s, 'p');
  report->sent = pair_send(s, 'c');
  if (order->parent && WSADuplicateSocketW(s, order->parent, &report->back))
    report->back_error = WSAGetLastError();
  closesocket(s);
}

int handed_child(void)
{
  WSADATA data;
  order_t order;
  DWORD written;

  WSAStartup(MAKEWORD(2, 2), &data);
  while (read_whole(GetStdHandle(STD_INPUT_HANDLE), &order, sizeof order)) {
    report_t report = {0};

    make_own(&order, &report);
    SOCKET s = order.inherited;
    if (!s)
      s = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &order.info, 0,
                     WSA_FLAG_OVERLAPPED);
    if (s == INVALID_SOCKET)
      report.error = WSAGetLastError();
    else
      use(&order, &report, s);
    WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), &report, sizeof report, &written, NULL);
  }
  WSACleanup();
  return 0;
}
