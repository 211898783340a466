/* The machine that is installed on: where things are on it, what layers it has, and how it should look. */
#ifndef PROOF_MACHINE_H
#define PROOF_MACHINE_H

#include "proof_catalog.h"

/* The command as it is shipped, the one with faults in it, the folder of the first, and what changes the
 * catalog for other vendors. */
extern char shipped[MAX_PATH], faulty[MAX_PATH], package[MAX_PATH], layerctl[MAX_PATH];
extern char our_dll[MAX_PATH], our_dll32[MAX_PATH], root[MAX_PATH], journal[MAX_PATH];

/* From the program's arguments: PACKAGE FAULTS LAYERCTL. Gives the two catalogs ids that differ; FALSE where
 * it cannot. */
BOOL machine_begin(char **arguments);

BOOL there(const char *path);

/* Runs the command with faults in it; returns its exit status. */
DWORD sockwarden(const char *arguments);

/* The verifying child is taken to have found all well: in the long campaigns, since other cases have it run.
 */
void assume_sockets_work(BOOL on);

/* Which layers of another vendor are there. */
typedef enum scene { ALONE, VENDOR_IFS, VENDOR_NON_IFS, SCENES } scene_t;
extern const char *const scene_names[SCENES];
void set_scene(scene_t scene);
void end_scene(scene_t scene);

/* The catalogs are as they were, byte for byte; and nothing of ours is anywhere. */
BOOL is_like(const image_t *before);
BOOL clean(const image_t *before);

/* All of ours is where it belongs, and sockets work through it. */
BOOL whole(void);

#endif
