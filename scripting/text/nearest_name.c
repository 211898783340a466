#include "nearest_name.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

/* Longer names are near to none. */
enum { LONGEST = 48 };

static int nearest_name__lower(char c)
{
  return c >= 'A' && c <= 'Z' ? c + 32 : (unsigned char)c;
}

static int nearest_name__least(int a, int b)
{
  return a < b ? a : b;
}

/* Optimal string alignment: letters inserted, left out, replaced or swapped with their neighbours. Case does
 * not count. */
static int nearest_name__distance(const char *a, const char *b)
{
  int rows[3][LONGEST + 1]; /* of the table, the last three by turns */
  size_t la = strlen(a), lb = strlen(b);

  if (la > LONGEST || lb > LONGEST)
    return INT_MAX;
  for (size_t j = 0; j <= lb; j++)
    rows[0][j] = (int)j;
  for (size_t i = 1; i <= la; i++) {
    int *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
    int letter = nearest_name__lower(a[i - 1]);

    row[0] = (int)i;
    for (size_t j = 1; j <= lb; j++) {
      row[j] = above[j - 1] + (letter != nearest_name__lower(b[j - 1]));
      row[j] = nearest_name__least(row[j], above[j] + 1);
      row[j] = nearest_name__least(row[j], row[j - 1] + 1);
      if (i > 1 && j > 1 && letter == nearest_name__lower(b[j - 2]) &&
          nearest_name__lower(a[i - 2]) == nearest_name__lower(b[j - 1]))
        row[j] = nearest_name__least(row[j], before[j - 2] + 1);
    }
  }
  return rows[la % 3][lb];
}

nearest_name_t nearest_name_to(const char *misspelt)
{
  size_t length = strlen(misspelt);

  /* So many letters may be wrong: the distance must be smaller than that of no name at all. */
  return (nearest_name_t){misspelt, NULL, length < 3 ? 1 : length < 6 ? 2 : length < 10 ? 3 : 4};
}

bool nearest_name_offer(nearest_name_t *nearest, const char *name)
{
  int distance = nearest_name__distance(nearest->misspelt, name);

  if (distance >= nearest->distance)
    return false;
  nearest->distance = distance;
  nearest->name = name;
  return true;
}
