/* A fault in each call in turn: all is as it was, or all is in its place. */
#include "proof_cases.h"

#include <stdio.h>
#include <string.h>

#include "proof_machine.h"
#include "proof_run.h"

/* How a fault is put in: which changes, which fault. */
typedef struct faults {
  const char *name, *only, *fault;
  int every;    /* each nth of them */
  long changes; /* of the calls that change something only */
} faults_t;

static void faulty_install(const faults_t *faults, scene_t scene)
{
  int count = 0, old = 0;

  set_scene(scene);
  image_t before = image_take();
  for (long at = 1; at < 3000; at += faults->every) {
    char what[64];

    fault_only(faults->only);
    fault_set("CHANGES", faults->changes);
    fault_set(faults->fault, at);
    DWORD code = sockwarden("install");
    fault_clear();
    snprintf(what, sizeof what, "fault at call %ld, exit status %lu", at, code);
    if (code == 0) {
      /* Past the last call, or in one that only looked. */
      BOOL past = !said("failed");

      check(whole(), what);
      check(sockwarden("uninstall") == 0 && clean(&before), what);
      if (past)
        break;
    } else {
      old++;
      check(code == 1 && clean(&before), what);
      if (strcmp(faults->fault, "LIE") == 0)
        check(said("the change is not there"), "noticed at that very call");
    }
    count++;
  }
  check(count > 0 && old > 0, "there were faults");
  image_free(&before);
  end_scene(scene);
  case_end(
      "install-with-a-fault-in-each.%s.%s (%d faults: old state whole %d times, new state whole %d times)",
      faults->name, scene_names[scene], count, old, count - old);
}

static void faulty_uninstall(const faults_t *faults, scene_t scene)
{
  int count = 0, old = 0;

  set_scene(scene);
  image_t before = image_take();
  check(sockwarden("install") == 0, "install");
  for (long at = 1; at < 3000; at += faults->every) {
    char what[64];

    fault_only(faults->only);
    fault_set("CHANGES", faults->changes);
    fault_set(faults->fault, at);
    DWORD code = sockwarden("uninstall");
    fault_clear();
    snprintf(what, sizeof what, "fault at call %ld, exit status %lu", at, code);
    if (code == 0) {
      BOOL past = !said("failed");

      check(clean(&before), what);
      if (past)
        break;
      check(sockwarden("install") == 0, what);
    } else if (is_like(&before)) {
      /* The catalogs are clean, but something else would not go. */
      check(sockwarden("repair") == 0 && clean(&before), what);
      check(sockwarden("install") == 0, what);
    } else {
      old++;
      check(code == 1 && ours_in(FALSE) == 7 && ours_in(TRUE) == 7 && sockwarden("verify") == 0, what);
    }
    count++;
  }
  check(count > 0, "there were faults");
  check(clean(&before), "byte for byte what it was");
  image_free(&before);
  end_scene(scene);
  case_end("uninstall-with-a-fault-in-each.%s.%s (%d faults: old state whole %d times)", faults->name,
           scene_names[scene], count, old);
}

/* Every call from one on fails, so nothing can be rolled back; once that is over, repair puts all back. */
static void no_way_back(void)
{
  int count = 0;
  image_t before = image_take();

  for (long at = 1; at < 500; at += 3) {
    char what[64];

    fault_only("WSC");
    fault_set("CHANGES", 1);
    fault_set("FAIL_FROM", at);
    DWORD code = sockwarden("install");
    fault_clear();
    if (code == 0)
      break;
    count++;
    snprintf(what, sizeof what, "all fail from call %ld on", at);
    check(code == 1 && said("failed: WSANO_RECOVERY (11003)"), what);
    check(at == 1 || said("sockwarden repair"), "says what to do");
    check(sockwarden("repair") == 0 && clean(&before), what);
  }
  check(count > 3, "there were faults");
  check(sockwarden("uninstall") == 0 && clean(&before), "uninstall");
  image_free(&before);
  case_end("rollback-fails-too-then-repair (%d times)", count);
}

static void faulty_calls(void)
{
  static const faults_t changes = {"WSC-call-that-changes", "WSC", "FAIL", 1, 1};
  static const faults_t lies = {"WSC-call-that-lies", "WSC", "LIE", 1, 1};
  static const faults_t listing = {"WSCEnumProtocols-every-5th", "WSCEnum", "FAIL", 5, 0};
  static const faults_t paths = {"WSCGetProviderPath-every-29th", "WSCGet", "FAIL", 29, 0};

  no_way_back();
  for (int scene = ALONE; scene < SCENES; scene += VENDOR_NON_IFS) {
    faulty_install(&changes, (scene_t)scene);
    faulty_uninstall(&changes, (scene_t)scene);
  }
  faulty_install(&lies, ALONE);
  faulty_uninstall(&lies, ALONE);
  faulty_install(&listing, ALONE);
  faulty_uninstall(&listing, ALONE);
  faulty_install(&paths, ALONE);
}

static void faulty_files(void)
{
  static const faults_t files[] = {
      {"folder", "CreateDirectory", "FAIL", 1, 0}, {"access-list", "SetNamed", "FAIL", 1, 0},
      {"file-written", "WriteFile", "FAIL", 1, 0}, {"file-copied", "CopyFile", "FAIL", 1, 0},
      {"registry", "Reg", "FAIL", 1, 0},           {"verification", "verifying", "FAIL", 1, 0}};

  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    faulty_install(&files[i], ALONE);
  faulty_uninstall(&files[2], ALONE);
  faulty_uninstall(&files[4], ALONE);
}

void proof_faults(void)
{
  assume_sockets_work(TRUE);
  faulty_calls();
  assume_sockets_work(FALSE);
  faulty_files();
}
