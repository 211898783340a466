/*
 * Any bytes as the files that the installer keeps for itself: a snapshot of the catalogs, with the right
 * checksum under it, and the journal.
 */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "files.h"
#include "journal.h"
#include "snapshot.h"
#include "target.h"

/* The journal's file. */
static char *journal_text;

char *files_read(const WCHAR *path)
{
  (void)path;
  return journal_text ? strdup(journal_text) : NULL;
}

DWORD files_write(const WCHAR *path, const char *text)
{
  (void)path;
  char *fresh = strdup(text);
  free(journal_text);
  journal_text = fresh;
  return 0;
}

DWORD files_remove(const WCHAR *path, bool *later)
{
  (void)path;
  *later = false;
  free(journal_text);
  journal_text = NULL;
  return 0;
}

/* What is read is written and read again: the same. */
static void try_snapshot(const char *text)
{
  machine_catalogs_t read, again;
  if (!snapshot_read(text, &read))
    return;
  char *written = snapshot_write(&read);
  expect(written && snapshot_read(written, &again), "what was written is not read");
  char *twice = snapshot_write(&again);
  expect(twice && strcmp(written, twice) == 0 && again.views == read.views, "a snapshot changes");
  free(twice);
  free(written);
  machine_catalogs_free(&again);
  machine_catalogs_free(&read);
}

/* The same with the checksum that belongs to it, which no fuzzer finds. */
static void try_sealed(const char *text, size_t length)
{
  char *sealed = malloc(length + 32);
  uint32_t sum = 2166136261u;
  for (size_t i = 0; i < length; i++)
    sum = (sum ^ (unsigned char)text[i]) * 16777619u;
  memcpy(sealed, text, length);
  snprintf(sealed + length, 32, "end %08x\n", (unsigned)sum);
  try_snapshot(sealed);
  free(sealed);
}

/* Half of the hexadecimal digits of an entry are a fuzzer's bad luck: a word "@" stands for an entry of
 * zeros. */
static char *spell_out(const char *text, size_t *length)
{
  enum { INFO_DIGITS = 2 * sizeof(catalog_model_info_t) };
  size_t entries = 0, used = 0;
  for (const char *c = text; *c; c++)
    entries += *c == '@';
  char *spelt = malloc(strlen(text) + entries * (INFO_DIGITS + 16) + 1);
  for (const char *c = text; *c; c++) {
    if (*c != '@') {
      spelt[used++] = *c;
      continue;
    }
    memcpy(spelt + used, "entry ", 6);
    memset(spelt + used + 6, '0', INFO_DIGITS);
    spelt[used + 6 + INFO_DIGITS] = ' ';
    used += 6 + INFO_DIGITS + 1;
  }
  spelt[used] = 0;
  *length = used;
  return spelt;
}

static void try_journal(const char *text)
{
  static const char head[] = "sockwarden-journal 1\n";
  char rest[16];
  journal_t journal;
  journal_text = malloc(sizeof head + strlen(text));
  strcpy(journal_text, head);
  strcat(journal_text, text);
  journal_open(&journal, L"journal");
  expect(journal.text && journal_state(&journal) <= JOURNAL_DONE, "no state");
  for (int earlier = 0; earlier <= 1; earlier++)
    if (journal_find(&journal, "snapshot", earlier, rest, sizeof rest))
      expect(memchr(rest, 0, sizeof rest), "a note does not end");
  expect(journal_begin(&journal, JOURNAL_INSTALL) == 0 && journal_state(&journal) == JOURNAL_INSTALL,
         "not begun");
  expect(!journal_find(&journal, "folder", false, NULL, 0), "an earlier note counts as new");
  expect(journal_note(&journal, "folder", "policies") == 0 &&
             journal_find(&journal, "folder", false, rest, sizeof rest) && strcmp(rest, "policies") == 0,
         "a note is lost");
  expect(journal_undone(&journal) == 0 && !journal_find(&journal, "folder", false, rest, sizeof rest) ==
                                              !strstr(journal.text, "\nfolder "),
         "not undone");
  if (journal.text[0])
    expect(journal_begin(&journal, JOURNAL_UNINSTALL) == 0 && journal_done(&journal) == 0 &&
               journal_state(&journal) == JOURNAL_DONE,
           "not done");
  expect(journal_remove(&journal) == 0 && journal_state(&journal) == JOURNAL_NONE, "not removed");
  journal_free(&journal);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  char *text = malloc(size + 1);
  size_t length;
  if (size)
    memcpy(text, data, size);
  text[size] = 0;
  try_snapshot(text);
  char *spelt = spell_out(text, &length);
  try_sealed(spelt, length);
  try_journal(text);
  free(spelt);
  free(text);
  return 0;
}
