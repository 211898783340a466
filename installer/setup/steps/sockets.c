#include "sockets.h"

#include "setup_print.h"

bool sockets_still_work(const loopback_result_t before[LOOPBACKS], const loopback_result_t now[LOOPBACKS],
                        bool through)
{
  bool work = true;

  for (int which = 0; which < LOOPBACKS; which++) {
    if (loopback_child_kept(before[which], now[which], through))
      continue;
    setup_print_failure("%s: %s before, %s now.", loopback_name(which), loopback_word(before[which]),
                        loopback_word(now[which]));
    work = false;
  }
  return work;
}
