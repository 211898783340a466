/*
 * repair_outcome.h - what is left to say after a repair.
 */
#ifndef SOCKWARDEN_INSTALLER_REPAIR_OUTCOME_H
#define SOCKWARDEN_INSTALLER_REPAIR_OUTCOME_H

/* Prints what is still wrong with the catalogs, if anything is. Returns the exit status (setup.h). */
int repair_outcome(void);

#endif
