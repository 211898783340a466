/*
 * journal.h - what an installation or removal is about to do, noted before it does it: a process killed at
 * any moment leaves what repair needs. After a successful installation it stays as the record of what was
 * made, for the removal.
 *
 * A note is a line: a word and what belongs to it. The file is writable by administrators only (ACL_SETUP).
 * One thread at a time: transaction.h holds a lock.
 */
#ifndef SOCKWARDEN_INSTALLER_JOURNAL_H
#define SOCKWARDEN_INSTALLER_JOURNAL_H

#include <stdbool.h>
#include <winsock2.h>
#include <windows.h>

typedef enum journal_state {
  JOURNAL_NONE,      /* never installed, or removed */
  JOURNAL_INSTALL,   /* an installation or repair was interrupted: it goes back */
  JOURNAL_UNINSTALL, /* a removal was interrupted: it goes on */
  JOURNAL_DONE       /* installed */
} journal_state_t;

/* The words, and what belongs to each. */
#define JOURNAL_SNAPSHOT      "snapshot"        /* the snapshot's file name */
#define JOURNAL_MADE          "made"            /* "root": the folder ProgramData\Sockwarden is new */
#define JOURNAL_POLICY_FOLDER "folder-policies" /* a new folder */
#define JOURNAL_LOG_FOLDER    "folder-logs"     /* a new folder */
#define JOURNAL_DLL(view)     ((view) ? "dll1" : "dll0") /* "new" or "replaced" */
#define JOURNAL_EVENT_SOURCE  "event-source"             /* "new" */
#define JOURNAL_POLICY_DIR    "policy-dir"               /* the setting as it was, or "none" */

typedef struct journal {
  const WCHAR *path; /* borrowed */
  char *text;        /* the lines, "" where there are none; NULL where memory is short */
} journal_t;

/* Reads what is there; a file that is no journal counts as none. Free it with journal_free. */
void journal_open(journal_t *journal, const WCHAR *path);
void journal_free(journal_t *journal);

journal_state_t journal_state(const journal_t *journal);

/* Begins anew, keeping an earlier installation's notes as such. 0 or the error. */
DWORD journal_begin(journal_t *journal, journal_state_t state);

/* Notes what comes next. 0 or the error. */
DWORD journal_note(journal_t *journal, const char *word, const char *rest);

/* Whether the word was noted, and what belongs to it (cut to fit; `rest` may be NULL). With `earlier`, an
 * earlier installation's notes count. */
bool journal_find(const journal_t *journal, const char *word, bool earlier, char *rest, size_t size);

/* The installation is done: earlier notes and these become one record. 0 or the error. */
DWORD journal_done(journal_t *journal);

/* What was begun is undone: the earlier installation's record again, or no file. 0 or the error. */
DWORD journal_undone(journal_t *journal);

/* Nothing is left to record: the file goes. 0 or the error. */
DWORD journal_remove(journal_t *journal);

#endif
