#include "platform.h"

const char *platform_status_text(platform_status_t status)
{
  switch (status) {
  case PLATFORM_OK:
    return "fine";
  case PLATFORM_NOT_FOUND:
    return "not found";
  case PLATFORM_NOT_A_FOLDER:
    return "not a folder";
  case PLATFORM_DENIED:
    return "access denied";
  case PLATFORM_TOO_LARGE:
    return "too large";
  case PLATFORM_NO_MEMORY:
    return "out of memory";
  case PLATFORM_UNPROTECTED:
    return "not protected";
  case PLATFORM_NO_ACCESS_LISTS:
    return "on a volume without access lists";
  case PLATFORM_FAILED:
    break;
  }
  return "cannot be read";
}
