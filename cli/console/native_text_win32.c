#include <direct.h>
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <windows.h>
#include <shellapi.h>

#include "native_text.h"

static UINT console_before;

static void native_text__restore_console(void)
{
  SetConsoleOutputCP(console_before);
}

static char *native_text__narrow(const WCHAR *wide)
{
  int size = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
  char *text = malloc((size_t)size + 1);

  if (text != NULL)
    WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, size, NULL, NULL);
  return text;
}

static WCHAR *native_text__widen(const char *text)
{
  int size = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
  WCHAR *wide = size > 0 ? malloc((size_t)size * sizeof *wide) : NULL;

  if (wide != NULL)
    MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, size);
  else
    errno = size > 0 ? ENOMEM : EINVAL;
  return wide;
}

bool native_text_start(int *argc, char ***argv)
{
  int count;
  WCHAR **wide = CommandLineToArgvW(GetCommandLineW(), &count);
  char **texts = wide != NULL ? calloc((size_t)count + 1, sizeof *texts) : NULL;
  bool whole = texts != NULL;

  for (int i = 0; whole && i < count; i++)
    whole = (texts[i] = native_text__narrow(wide[i])) != NULL;
  LocalFree(wide);
  if (!whole) {
    fprintf(stderr, "sockwarden: no memory for the arguments\n");
    return false;
  }
  *argc = count;
  *argv = texts;
  console_before = GetConsoleOutputCP();
  if (console_before && SetConsoleOutputCP(CP_UTF8))
    atexit(native_text__restore_console);
  return true;
}

FILE *native_text_open(const char *path)
{
  WCHAR *wide = native_text__widen(path);
  FILE *file = wide != NULL ? _wfopen(wide, L"rb") : NULL;

  free(wide);
  return file;
}

/* The C library of Windows 7 does not know "wx". */
FILE *native_text_create(const char *path)
{
  WCHAR *wide = native_text__widen(path);
  int number =
      wide != NULL ? _wopen(wide, _O_CREAT | _O_EXCL | _O_WRONLY | _O_TEXT, _S_IREAD | _S_IWRITE) : -1;
  FILE *file = number >= 0 ? _fdopen(number, "w") : NULL;

  if (file == NULL && number >= 0)
    _close(number);
  free(wide);
  return file;
}

int native_text_make_folder(const char *path)
{
  WCHAR *wide = native_text__widen(path);
  int result = wide != NULL ? _wmkdir(wide) : -1;

  free(wide);
  return result;
}

int native_text_delete(const char *path)
{
  WCHAR *wide = native_text__widen(path);
  int result = wide != NULL ? _wremove(wide) : -1;

  free(wide);
  return result;
}
