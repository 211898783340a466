#include "journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"

#define JOURNAL_HEAD "sockwarden-journal 1\n"
static const char *const state_lines[] = {[JOURNAL_NONE] = "",
                                          [JOURNAL_INSTALL] = "install\n",
                                          [JOURNAL_UNINSTALL] = "uninstall\n",
                                          [JOURNAL_DONE] = "done\n"};

void journal_open(journal_t *journal, const WCHAR *path)
{
  journal->path = path;
  journal->text = files_read(path);
  if (journal->text != NULL && strncmp(journal->text, JOURNAL_HEAD, sizeof JOURNAL_HEAD - 1) == 0)
    return;
  free(journal->text);
  journal->text = calloc(1, 1);
}

void journal_free(journal_t *journal)
{
  free(journal->text);
  journal->text = NULL;
}

/* The line that says what state it is in follows the head. */
journal_state_t journal_state(const journal_t *journal)
{
  const char *line = journal->text != NULL ? journal->text + sizeof JOURNAL_HEAD - 1 : "";

  if (journal->text == NULL || !*journal->text)
    return JOURNAL_NONE;
  for (int state = JOURNAL_INSTALL; state <= JOURNAL_DONE; state++)
    if (strncmp(line, state_lines[state], strlen(state_lines[state])) == 0)
      return (journal_state_t)state;
  return JOURNAL_NONE;
}

typedef enum journal_notes { NOTES_ALL, NOTES_EARLIER } journal_notes_t;

/* Head, state, and the notes of `text`, each with `prefix` in the place of the "was " it may have. New
 * memory. */
static char *journal__rewrite(const char *text, journal_state_t state, journal_notes_t notes,
                              const char *prefix)
{
  size_t lines = 0;

  for (const char *c = text; *c; c++)
    lines += *c == '\n';
  char *fresh = malloc(strlen(text) + sizeof JOURNAL_HEAD + 32 + lines * 8);
  if (fresh == NULL)
    return NULL;
  strcpy(fresh, JOURNAL_HEAD);
  strcat(fresh, state_lines[state]);
  int number = 0;
  for (const char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
    bool earlier = strncmp(line, "was ", 4) == 0;

    if (number++ < 2 || (notes == NOTES_EARLIER && !earlier))
      continue;
    const char *note = earlier ? line + 4 : line;
    /* A snapshot belongs to one attempt. */
    if (strncmp(note, "snapshot ", 9) == 0 && notes == NOTES_ALL)
      continue;
    strcat(fresh, prefix);
    strncat(fresh, note, (size_t)(end - note) + 1);
  }
  return fresh;
}

static DWORD journal__write(journal_t *journal, char *fresh)
{
  if (fresh == NULL)
    return ERROR_NOT_ENOUGH_MEMORY;
  DWORD error = files_write(journal->path, fresh);
  if (error) {
    free(fresh);
    return error;
  }
  free(journal->text);
  journal->text = fresh;
  return 0;
}

DWORD journal_begin(journal_t *journal, journal_state_t state)
{
  return journal__write(
      journal, journal->text != NULL ? journal__rewrite(journal->text, state, NOTES_ALL, "was ") : NULL);
}

DWORD journal_note(journal_t *journal, const char *word, const char *rest)
{
  size_t room = strlen(journal->text) + strlen(word) + strlen(rest) + 3;
  char *fresh = malloc(room);

  if (fresh != NULL)
    snprintf(fresh, room, "%s%s %s\n", journal->text, word, rest);
  return journal__write(journal, fresh);
}

bool journal_find(const journal_t *journal, const char *word, bool earlier, char *rest, size_t size)
{
  size_t length = strlen(word);
  bool found = false;

  for (const char *line = journal->text, *end; line != NULL && (end = strchr(line, '\n')) != NULL;
       line = end + 1) {
    const char *note = line;

    if (strncmp(line, "was ", 4) == 0) {
      if (!earlier)
        continue;
      note += 4;
    }
    if (strncmp(note, word, length) != 0 || note[length] != ' ' || found)
      continue;
    if (rest != NULL)
      snprintf(rest, size, "%.*s", (int)(end - note - (ptrdiff_t)length - 1), note + length + 1);
    found = true;
  }
  return found;
}

DWORD journal_done(journal_t *journal)
{
  return journal__write(journal, journal__rewrite(journal->text, JOURNAL_DONE, NOTES_ALL, ""));
}

DWORD journal_undone(journal_t *journal)
{
  if (strstr(journal->text, "\nwas ") == NULL)
    return journal_remove(journal);
  return journal__write(journal, journal__rewrite(journal->text, JOURNAL_DONE, NOTES_EARLIER, ""));
}

DWORD journal_remove(journal_t *journal)
{
  bool later;
  DWORD error = files_remove(journal->path, &later);

  if (!error)
    journal->text[0] = '\0';
  return error;
}
