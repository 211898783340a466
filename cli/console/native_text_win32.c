#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>
#include <shellapi.h>

#include "native_text.h"

static UINT console_before;

static void native_text__restore_console(void)
{
  SetConsoleOutputCP(console_before);
}

wchar_t *native_text_widen(const char *text)
{
  int size = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
  wchar_t *wide = size > 0 ? malloc((size_t)size * sizeof *wide) : NULL;

  if (wide != NULL)
    MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, size);
  else
    errno = size > 0 ? ENOMEM : EINVAL;
  return wide;
}

char *native_text_narrow(const wchar_t *wide)
{
  int size = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
  char *text = malloc((size_t)size + 1);

  if (text != NULL)
    WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, size, NULL, NULL);
  return text;
}

bool native_text_start(int *argc, char ***argv)
{
  int count;
  wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &count);
  char **texts = wide != NULL ? calloc((size_t)count + 1, sizeof *texts) : NULL;
  bool whole = texts != NULL;

  for (int i = 0; whole && i < count; i++)
    whole = (texts[i] = native_text_narrow(wide[i])) != NULL;
  LocalFree(wide);
  if (!whole) {
    fprintf(stderr, "sockwarden: out of memory\n");
    return false;
  }
  *argc = count;
  *argv = texts;
  console_before = GetConsoleOutputCP();
  if (console_before && SetConsoleOutputCP(CP_UTF8))
    atexit(native_text__restore_console);
  return true;
}
