#include "recovery.h"

#include "removal.h"
#include "rollback.h"
#include "setup.h"
#include "setup_print.h"

bool recovery_run(transaction_t *transaction)
{
  switch (journal_state(&transaction->journal)) {
  case JOURNAL_INSTALL:
    setup_print("An earlier installation or repair was interrupted: undoing it.");
    if (rollback_run(transaction))
      return true;
    setup_print_failure(
        "it could not be undone. Try again; if networking still fails, run netsh winsock reset and restart.");
    return false;
  case JOURNAL_UNINSTALL:
    setup_print("An earlier uninstallation was interrupted: finishing it.");
    return removal_run(transaction, false) != SETUP_FAILED;
  case JOURNAL_NONE:
  case JOURNAL_DONE:
    break;
  }
  return true;
}
