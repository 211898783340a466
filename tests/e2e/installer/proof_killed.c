/* The commands killed at every change in turn, and what repair makes of that. */
#include "proof_cases.h"

#include <stdio.h>

#include "proof_machine.h"
#include "proof_run.h"

/* Kills the installer at every change in turn, then repairs. */
static void killed_installing(scene_t scene, int every)
{
  int kills = 0;

  set_scene(scene);
  image_t before = image_take();
  for (long at = 1; at < 500; at += every) {
    char what[64];

    fault_set("CHANGES", 1);
    fault_set("KILL", at);
    DWORD code = sockwarden("install");
    fault_clear();
    if (code != 99) {
      check(code == 0, "with no kill left it installs");
      break;
    }
    kills++;
    snprintf(what, sizeof what, "killed at change %ld, repaired", at);
    check(sockwarden("repair") == 0, what);
    check(clean(&before), what);
  }
  check(kills * every > 25, "there were kills");
  check(sockwarden("uninstall") == 0 && clean(&before), "uninstall");
  image_free(&before);
  end_scene(scene);
  case_end("install-killed-then-repair.%s (%d kills)", scene_names[scene], kills);
}

static void killed_uninstalling(scene_t scene, int every)
{
  int kills = 0;

  set_scene(scene);
  image_t before = image_take();
  for (long at = 1; at < 500; at += every) {
    char what[64];

    check(sockwarden("install") == 0, "install");
    fault_set("CHANGES", 1);
    fault_set("KILL", at);
    DWORD code = sockwarden("uninstall");
    fault_clear();
    if (code != 99) {
      check(code == 0, "with no kill left it uninstalls");
      break;
    }
    kills++;
    snprintf(what, sizeof what, "killed at change %ld", at);
    /* Killed before it noted that it began, it never began: repair finds all well. */
    check(sockwarden("repair") == 0, what);
    if (!clean(&before))
      check(whole() && sockwarden("uninstall") == 0 && clean(&before), what);
  }
  check(kills * every > 15, "there were kills");
  check(clean(&before), "byte for byte what it was");
  image_free(&before);
  end_scene(scene);
  case_end("uninstall-killed-then-repair.%s (%d kills)", scene_names[scene], kills);
}

/* Half an installation, then repair killed at every change, then another repair. */
static void killed_repairing(void)
{
  int kills = 0;
  image_t before = image_take();

  for (long at = 1; at < 500; at++) {
    char what[64];

    fault_only("WSC");
    fault_set("CHANGES", 1);
    fault_set("KILL", 13); /* in the midst of the chains */
    check(sockwarden("install") == 99, "install killed");
    fault_only("");
    fault_set("CHANGES", 1);
    fault_set("KILL", at);
    DWORD code = sockwarden("repair");
    fault_clear();
    if (code != 99) {
      check(code == 0, "with no kill left it repairs");
      break;
    }
    kills++;
    snprintf(what, sizeof what, "repair killed at change %ld", at);
    check(sockwarden("repair") == 0 && clean(&before), what);
  }
  check(kills > 10, "there were kills");
  check(clean(&before), "byte for byte what it was");
  image_free(&before);
  case_end("repair-killed-then-repair (%d kills)", kills);
}

void proof_killed(void)
{
  assume_sockets_work(TRUE);
  for (int scene = ALONE; scene < SCENES; scene++) {
    int every = scene == VENDOR_IFS ? 5 : 1; /* its changes are those of the layer alone */

    killed_installing((scene_t)scene, every);
    killed_uninstalling((scene_t)scene, every);
  }
  killed_repairing();
  assume_sockets_work(FALSE);
}
