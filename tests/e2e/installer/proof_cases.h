/* The cases, by what they are about. Each prints "ok NAME" or "not ok NAME" for each case and leaves the
 * machine without Sockwarden. */
#ifndef PROOF_CASES_H
#define PROOF_CASES_H

void proof_commands(void);
void proof_in_use(void);
void proof_damage(void);
void proof_killed(void);
void proof_faults(void);
void proof_shipped(void);

#endif
