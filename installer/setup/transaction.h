/*
 * transaction.h - what install, uninstall and repair share: the lock, the snapshot, the journal, and the way
 * back.
 */
#ifndef SOCKWARDEN_INSTALLER_TRANSACTION_H
#define SOCKWARDEN_INSTALLER_TRANSACTION_H

#include "journal.h"
#include "install_paths.h"
#include "plan.h"
#include "acl.h"

typedef struct transaction {
  places_t places;
  journal_t journal;
  HANDLE lock;
  bool later; /* something goes at the next start of Windows */
} transaction_t;

/* Refuses machines and users that cannot be served (`elevated` false: reading is all that is wanted), waits
 * for another installer to end. False: told on stderr. Close it with transaction_close. */
bool transaction_open(transaction_t *transaction, bool elevated);
void transaction_close(transaction_t *transaction);

/* Makes our own folder, saves a snapshot of both catalogs and begins the journal. False: told on stderr, and
 * nothing is left behind. */
bool transaction_begin(transaction_t *transaction, journal_state_t state, const catalogs_t *now);

/* Notes, then does: false where either failed, told on stderr. */
bool transaction_note(transaction_t *transaction, const char *word, const char *rest);
bool transaction_folder(transaction_t *transaction, const char *word, const WCHAR *path,
                        protection_t protection);

/* Undoes what an installation or repair noted: catalogs first, files last. False where something could not be
 * undone: the journal then stays, for repair. */
bool transaction_undo(transaction_t *transaction);

/* The snapshot the journal names. False where there is none, or it is damaged. */
bool transaction_snapshot(const transaction_t *transaction, catalogs_t *then);

/* Brings the catalogs to a snapshot's state, and reads back that they are there. False: told on stderr. */
bool transaction_restore_catalogs(const catalogs_t *then);

/* The text of why there is no plan, on stderr. */
void transaction_tell_plan(plan_status_t status, const plan_trouble_t *trouble);

/* Finishes an interrupted removal (setup_uninstall.c). */
int setup_finish_uninstall(transaction_t *transaction, bool purge);

/* Ends what a killed process left: an installation is undone, a removal finished. False where that failed.
 * *was tells what it was. */
bool transaction_recover(transaction_t *transaction, journal_state_t *was);

/* Options of every plan: our DLL, fresh GUIDs. */
plan_options_t transaction_plan_options(void);

/* Places DLLs, marks and chains so that the layer is whole (setup_install.c); inside a begun transaction.
 * False: told. */
bool setup_make_whole(transaction_t *transaction, const WCHAR *policies, bool mend);

#endif
