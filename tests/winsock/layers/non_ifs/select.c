#include "select.h"

#include "../recorder/kind.h"
#include "socket.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static size_t set_size(u_int count)
{
  return offsetof(fd_set, fd_array) + (count ? count : 1) * sizeof(SOCKET);
}

/* The same set with the sockets below; handles that are none of ours stay, for the provider below to judge.
 * *chain becomes that of the first socket of ours. NULL for NULL, or where memory is short: *error then. */
static fd_set *translate_down(const fd_set *set, chain_t **chain, int *error)
{
  if (set == NULL)
    return NULL;
  /* A program may have made its sets larger than ours: by the count, not by FD_SETSIZE. */
  fd_set *below = malloc(set_size(set->fd_count));
  if (below == NULL) {
    *error = WSAENOBUFS;
    return NULL;
  }
  below->fd_count = set->fd_count;
  for (u_int i = 0; i < set->fd_count; i++) {
    chain_t *of_socket;
    int ignored;

    below->fd_array[i] = set->fd_array[i];
    if (kind_below(&of_socket, set->fd_array[i], &below->fd_array[i], &ignored) && *chain == NULL)
      *chain = of_socket;
  }
  return below;
}

static void translate_up(fd_set *set, const fd_set *below)
{
  if (set == NULL)
    return;
  set->fd_count = below->fd_count;
  for (u_int i = 0; i < below->fd_count; i++) {
    SOCKET handle = socket_over(below->fd_array[i]);

    set->fd_array[i] = handle == INVALID_SOCKET ? below->fd_array[i] : handle;
  }
}

/* ws2_32 sends the whole call to the provider of the first socket (Multiple Provider Restrictions on Select),
 * and so does this: the chains of one layer end in one provider. */
int WSPAPI select_below(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds,
                        const PTIMEVAL timeout, LPINT lpErrno)
{
  fd_set *sets[] = {readfds, writefds, exceptfds}, *below[3];
  chain_t *chain = NULL;
  int error = 0, result = SOCKET_ERROR;

  for (int i = 0; i < 3; i++)
    below[i] = translate_down(sets[i], &chain, &error);
  if (!error && chain == NULL)
    error = WSAENOTSOCK;
  if (!error)
    result = chain->next.lpWSPSelect(nfds, below[0], below[1], below[2], timeout, &error);
  for (int i = 0; i < 3; i++) {
    if (result != SOCKET_ERROR)
      translate_up(sets[i], below[i]);
    free(below[i]);
  }
  if (result == SOCKET_ERROR)
    *lpErrno = error;
  return result;
}
