/* installer_proof PACKAGE FAULTS LAYERCTL: installs, kills, breaks, repairs and removes, in the Wine prefix
 * it runs in, and compares the catalogs in the registry byte for byte. PACKAGE holds the command as it is
 * shipped; FAULTS the same with the faults in it. */
#include "proof_catalog.h"
#include "proof_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char shipped[MAX_PATH], faulty[MAX_PATH], layerctl[MAX_PATH];
static char our_dll[MAX_PATH], our_dll32[MAX_PATH], root[MAX_PATH], journal[MAX_PATH], vendor_dll[MAX_PATH];

static BOOL there(const char *path)
{
  return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

/* In the long campaigns the verifying child is taken to have found all well: other cases have it run. */
static void assume(BOOL on)
{
  SetEnvironmentVariableA("SOCKWARDEN_TEST_ASSUME", on ? "4" : NULL);
}

static DWORD sockwarden(const char *arguments)
{
  return run(faulty, arguments);
}

/* ---- where the machine stands ---- */

typedef enum scene { ALONE, VENDOR_IFS, VENDOR_NON_IFS, SCENES } scene_t;
static const char *const scene_names[SCENES] = {"alone", "over-ifs-layer", "beneath-non-ifs-layer"};

static void set_scene(scene_t scene)
{
  char arguments[MAX_PATH + 64];

  snprintf(arguments, sizeof arguments, "install %s --name Vendor%s", vendor_dll,
           scene == VENDOR_NON_IFS ? " --non-ifs" : "");
  if (scene != ALONE)
    check(run(layerctl, arguments) == 0, "layerctl install");
}

static void end_scene(scene_t scene)
{
  char arguments[MAX_PATH + 64];

  snprintf(arguments, sizeof arguments, "remove %s", vendor_dll);
  if (scene != ALONE)
    check(run(layerctl, arguments) == 0, "layerctl remove");
}

static BOOL is_like(const image_t *before)
{
  image_t now = image_take();
  BOOL same = image_same(before, &now);

  image_free(&now);
  return same;
}

/* Nothing of ours is anywhere. */
static BOOL clean(const image_t *before)
{
  return is_like(before) && !there(our_dll) && !there(our_dll32) && !there(journal);
}

/* All of ours is where it belongs. */
static BOOL whole(void)
{
  return ours_in(FALSE) == 7 && ours_in(TRUE) == 7 && there(our_dll) && there(our_dll32) &&
         sockwarden("verify") == 0 && sockwarden("verify --loopback") == 0 &&
         said("tcp-ipv4 works-through-sockwarden") && said("udp-ipv6 works-through-sockwarden");
}

/* ---- the cases ---- */

static void there_and_back(scene_t scene)
{
  set_scene(scene);
  image_t before = image_take();
  check(run(shipped, "install") == 0, "install");
  check(said("Installed."), "says so");
  check(!is_like(&before), "the catalogs change");
  check(whole(), "the layer is whole");
  check(run(shipped, "uninstall") == 0, "uninstall");
  check(clean(&before), "byte for byte what it was");
  image_free(&before);
  end_scene(scene);
  case_end("there-and-back.%s", scene_names[scene]);
}

static void twice(void)
{
  image_t before = image_take(), once, again;

  check(sockwarden("install") == 0, "install");
  once = image_take();
  check(sockwarden("install") == 0 && said("Already installed"), "the second says so");
  again = image_take();
  check(image_same(&once, &again), "the second changes nothing");
  check(sockwarden("uninstall") == 0, "uninstall");
  check(sockwarden("uninstall") == 0 && said("Not installed"), "the second says so");
  check(clean(&before), "byte for byte what it was");
  image_free(&before);
  image_free(&once);
  image_free(&again);
  case_end("idempotent");
}

static void dry_run(void)
{
  image_t before = image_take();

  check(sockwarden("uninstall --purge") == 0, "a clean start");
  check(sockwarden("install --dry-run") == 0, "exit status");
  check(said("add hidden entry \"Sockwarden\"") && said("Sockwarden over [MSAFD Tcpip [RAW/IPv6]]"),
        "prints the plan");
  check(clean(&before) && !there(root), "changes nothing");
  image_free(&before);
  case_end("dry-run");
}

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

/* A vendor installs after us, over us; we go; the vendor works; the vendor goes. */
static void vendor_afterwards(scene_t scene)
{
  image_t before = image_take(), fresh;

  check(sockwarden("install") == 0, "install");
  set_scene(scene);
  check(sockwarden("verify") == 0, "the vendor runs through us");
  check(sockwarden("verify --loopback") == 0 && said("tcp-ipv4 works-through-sockwarden"),
        "sockets work through both");
  check(sockwarden("status") == 0 && said("Vendor") && said("another layer is above Sockwarden"),
        "status lists the vendor");
  check(sockwarden("uninstall") == 0, "uninstall");
  check(ours_in(FALSE) == 0 && ours_in(TRUE) == 0, "we are gone");
  check(sockwarden("verify") == 0, "nothing dangles");
  check(sockwarden("verify --loopback") == 0 && said("tcp-ipv6 works-around-sockwarden"),
        "the vendor's sockets work");
  check(run(layerctl, "list") == 0 && said("Vendor over [Sockwarden over [MSAFD Tcpip [TCP/IP]]]"),
        "the vendor is there");
  end_scene(scene);
  fresh = image_take();
  check(image_same(&before, &fresh), "byte for byte what it was");
  image_free(&before);
  image_free(&fresh);
  case_end("vendor-installed-after-us-survives.%s", scene_names[scene]);
}

/* The vendor was first and goes while we stay. */
static void vendor_goes_first(scene_t scene)
{
  image_t before = image_take();

  set_scene(scene);
  check(sockwarden("install") == 0, "install");
  end_scene(scene);
  if (scene == VENDOR_IFS)
    check(sockwarden("verify") == 1,
          "our chains lost what was below"); /* the vendor's own uninstaller did not mend them */
  check(sockwarden("repair") == 0 && whole(), "repair");
  check(sockwarden("uninstall") == 0 && clean(&before), "uninstall");
  image_free(&before);
  case_end("vendor-removed-under-us.%s", scene_names[scene]);
}

static void damaged(const char *name, BOOL (*damage)(void), const char *kind)
{
  image_t before = image_take();

  check(sockwarden("install") == 0, "install");
  check(damage(), "damage");
  check(sockwarden("verify") == 1, "verify");
  check(sockwarden("verify --json") == 1 && said(kind) && said("\"healthy\":false"), "verify names it");
  check(sockwarden("status --json") == 0 && said(kind), "status names it");
  check(sockwarden("repair") == 0 && whole(), "repair");
  check(sockwarden("uninstall") == 0 && clean(&before), "uninstall");
  image_free(&before);
  case_end("damage.%s", name);
}

static BOOL remove_our_dll(void)
{
  return DeleteFileA(our_dll);
}

static BOOL remove_us_behind_our_back(void)
{
  int count, error;
  WSAPROTOCOL_INFOW *infos = catalog_list(&count);

  for (int i = 0; i < count; i++)
    if (entry_is_ours(infos + i))
      WSCDeinstallProvider(&infos[i].ProviderId, &error);
  free(infos);
  return damage_one_catalog() && ours_in(FALSE) == 0; /* as netsh winsock reset does */
}

static void refusals(void)
{
  static const char *const commands[] = {"install", "uninstall", "repair",
                                         "exclude C:\\windows\\notepad.exe"};
  image_t before = image_take();

  for (size_t i = 0; i < 4; i++) {
    fault_set("ELEVATED", 0);
    check(sockwarden(commands[i]) == 1, commands[i]);
    check(said("administrator rights are needed"), "says so plainly");
    const char *line = strchr(run_output, '\n');
    check(line != NULL && !line[1], "in one line, without a stack of failures");
    fault_clear();
    fault_set("MACHINE", 0xaa64);
    check(sockwarden(commands[i]) == 1 && said("ARM64"), "ARM64 is refused plainly");
    fault_clear();
  }
  fault_set("ELEVATED", 0);
  check(sockwarden("status") == 0 && sockwarden("verify") == 0 && sockwarden("install --dry-run") == 0,
        "looking needs no elevation");
  fault_clear();
  check(sockwarden("install --frobnicate") == 2 && sockwarden("exclude") == 2 &&
            sockwarden("uninstall x") == 2,
        "usage");
  check(clean(&before), "nothing changes");
  image_free(&before);
  case_end("refusals");
}

static BOOL policy_dir(char *value, DWORD size)
{
  return !RegGetValueA(HKEY_LOCAL_MACHINE, "SOFTWARE\\Sockwarden", "PolicyDir", RRF_RT_REG_SZ, NULL, value,
                       &size);
}

static void policies_and_purge(void)
{
  char value[MAX_PATH], file[MAX_PATH + 32];
  image_t before = image_take();

  check(sockwarden("install --policies C:\\my-policies") == 0, "install --policies");
  check(policy_dir(value, sizeof value) && strcmp(value, "C:\\my-policies") == 0, "the setting is written");
  check(there("C:\\my-policies"), "the folder is made");
  check(!RegGetValueA(HKEY_LOCAL_MACHINE,
                      "SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Sockwarden",
                      "EventMessageFile", RRF_RT_ANY, NULL, NULL, NULL),
        "the Event Log source is written");
  check(sockwarden("uninstall") == 0 && clean(&before), "uninstall");
  check(!policy_dir(value, sizeof value), "the setting is as it was");
  check(!there("C:\\my-policies"), "an empty folder we made goes");

  check(sockwarden("install") == 0, "install");
  snprintf(file, sizeof file, "%s\\policies\\10-mine.lua", root);
  CloseHandle(CreateFileA(file, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
  check(sockwarden("uninstall") == 0 && there(file), "policies stay");
  check(sockwarden("install") == 0 && sockwarden("uninstall --purge") == 0, "install, uninstall --purge");
  check(!there(root) && clean(&before), "nothing of ours is left");
  image_free(&before);
  case_end("policies-and-purge");
}

static void in_use(void)
{
  char pending[4096] = "";
  DWORD size = sizeof pending;
  image_t before = image_take();

  check(sockwarden("install") == 0, "install");
  fault_only("DeleteFile");
  fault_set("FAIL_FROM", 1);
  fault_set("CHANGES", 1);
  DWORD code = sockwarden("uninstall");
  fault_clear();
  /* The journal could not be deleted either, so this says 1; a DLL alone: */
  check(code == 1 || code == 3010, "exit status");
  check(sockwarden("repair") == 0 && is_like(&before), "repair");
  check(sockwarden("install") == 0, "install");
  HMODULE loaded = LoadLibraryA(our_dll);
  check(loaded != NULL, "our DLL loads");
  fault_only("DeleteFile");
  fault_set("FAIL", 1); /* Wine deletes what is loaded; Windows does not: */
  code = sockwarden("uninstall");
  fault_clear();
  check(code == 0 || code == 3010, "exit status");
  FreeLibrary(loaded);
  check(clean(&before), "the DLL is out of the way, the catalogs clean");
  RegGetValueA(HKEY_LOCAL_MACHINE, "SYSTEM\\CurrentControlSet\\Control\\Session Manager",
               "PendingFileRenameOperations", RRF_RT_REG_MULTI_SZ, NULL, pending, &size);
  BOOL scheduled = FALSE;
  for (const char *name = pending; name < pending + sizeof pending - 1 && (*name || name[1]);
       name += strlen(name) + 1)
    scheduled = scheduled || strstr(name, "sockwarden.dll.") != NULL;
  check(scheduled, "what stepped aside goes at the next start");
  check(sockwarden("install") == 0 && whole(), "a new DLL may come before that");
  check(sockwarden("uninstall") == 0 && clean(&before), "uninstall");
  image_free(&before);
  case_end("dll-in-use");
}

static void restart_status(void)
{
  image_t before = image_take();

  check(sockwarden("install") == 0, "install");
  fault_only("DeleteFile");
  fault_set("FAIL", 1);
  fault_set("LATER", 1);
  DWORD code = sockwarden("uninstall");
  fault_clear();
  SetEnvironmentVariableA("SOCKWARDEN_TEST_LATER", NULL);
  check(code == 3010 && said("next start of Windows"), "3010");
  check(clean(&before), "the catalogs are clean at once");
  image_free(&before);
  case_end("exit-status-3010");
}

static void from_snapshot(void)
{
  WIN32_FIND_DATAA found;
  char pattern[MAX_PATH + 32], arguments[MAX_PATH * 2];
  image_t before = image_take();

  check(sockwarden("uninstall --purge") == 0 && sockwarden("install") == 0, "install");
  snprintf(pattern, sizeof pattern, "%s\\snapshots\\*.snapshot", root);
  HANDLE search = FindFirstFileA(pattern, &found);
  check(search != INVALID_HANDLE_VALUE, "a snapshot lies beside the policies");
  FindClose(search);
  snprintf(arguments, sizeof arguments, "repair --from %s", found.cFileName);
  check(sockwarden("repair --from nothing.snapshot") == 1 && whole(), "a snapshot that is not there");
  check(sockwarden("repair --from C:\\windows\\win.ini") == 1 && said("not a complete snapshot") && whole(),
        "no snapshot");
  check(sockwarden(arguments) == 0, "repair --from");
  check(is_like(&before), "byte for byte what it was");
  check(sockwarden("install") == 0 && whole(), "install again");
  check(sockwarden("uninstall --purge") == 0 && clean(&before), "uninstall");
  image_free(&before);
  case_end("repair-from-snapshot");
}

static void excluded(const char *folder)
{
  char program[MAX_PATH + 32], arguments[MAX_PATH * 2];

  snprintf(program, sizeof program, "%s\\excluded.exe", folder);
  check(CopyFileA(shipped, program, FALSE), "a program");
  check(sockwarden("install") == 0, "install");
  check(run(program, "verify --loopback") == 0 && said("tcp-ipv4 works-through-sockwarden"),
        "through us before");
  snprintf(arguments, sizeof arguments, "exclude %s", program);
  check(sockwarden(arguments) == 0, "exclude");
  check(said("any other vendor's") && said("cannot be wholly undone"), "says what it does");
  check(run(program, "verify --loopback") == 0 && said("tcp-ipv4 works-around-sockwarden"),
        "around us afterwards");
  check(sockwarden("verify --loopback") == 0 && said("tcp-ipv4 works-through-sockwarden"),
        "others through us");
  check(sockwarden("uninstall") == 0 && sockwarden("install") == 0 && said("excluded.exe"),
        "the installer lists who is left out");
  check(sockwarden("exclude C:\\nothing.exe") == 1 && said("no program"), "a program that is not there");
  fault_only("WSCSet");
  fault_set("FAIL", 1);
  check(sockwarden(arguments) == 1 && said("WSCSetApplicationCategory failed: WSANO_RECOVERY"),
        "its error by name");
  fault_clear();
  check(sockwarden("uninstall") == 0, "uninstall");
  case_end("exclude");
}

static void status_shows(void)
{
  check(sockwarden("status --json") == 0 && said("\"installed\":\"no\""), "not installed");
  check(sockwarden("install") == 0, "install");
  check(sockwarden("status --json") == 0, "status");
  check(said("\"installed\":\"yes\"") && said("\"position\":0") && said("\"mode\":\"enforce\"") &&
            said("\"other_layers\":[]") && said("\"problems\":[]") && said("\"catalog\":\"32-bit\""),
        "json");
  check(said("\"version\":\"0."), "the DLL's version");
  check(sockwarden("status") == 0 && said("Installed: yes") && said("Mode: enforce"), "text");
  check(sockwarden("uninstall") == 0, "uninstall");
  case_end("status");
}

/* A word of the faults' environment, as it would be in a program that asks for it. */
static BOOL holds(const char *program, const char *word)
{
  static char bytes[16 * 1024 * 1024];
  DWORD size = 0, length = (DWORD)strlen(word);
  HANDLE file = CreateFileA(program, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);

  check(file != INVALID_HANDLE_VALUE && ReadFile(file, bytes, sizeof bytes, &size, NULL) &&
            size < sizeof bytes,
        "the program is read");
  CloseHandle(file);
  for (DWORD i = 0; i + length <= size; i++)
    if (memcmp(bytes + i, word, length) == 0)
      return TRUE;
  return FALSE;
}

/* Each fault that stops the command with the faults in it leaves the shipped one alone. */
static void shipped_has_no_faults(void)
{
  static const struct {
    const char *name, *only;
    long value;
    DWORD status; /* of the command with the faults in it */
  } faults[] = {{"KILL", "", 5, 99},
                {"FAIL", "", 7, 1},
                {"LIE", "WSC", 7, 1},
                {"ELEVATED", "", 0, 1},
                {"MACHINE", "", 0xaa64, 1}};
  image_t before = image_take();

  check(holds(faulty, "SOCKWARDEN_TEST_") && !holds(shipped, "SOCKWARDEN_TEST_"),
        "the shipped command does not know their names");
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    fault_only(faults[i].only);
    fault_set("CHANGES", 1);
    fault_set(faults[i].name, faults[i].value);
    check(sockwarden("install") == faults[i].status, faults[i].name);
    fault_clear();
    check(sockwarden("repair") == 0 && clean(&before), faults[i].name);
    fault_only(faults[i].only);
    fault_set("CHANGES", 1);
    fault_set(faults[i].name, faults[i].value);
    check(run(shipped, "install") == 0, faults[i].name);
    check(run(shipped, "uninstall") == 0, faults[i].name);
    fault_clear();
  }
  check(clean(&before), "byte for byte what it was");
  image_free(&before);
  case_end("shipped-command-has-no-faults");
}

int main(int argc, char **argv)
{
  char folder[MAX_PATH], system[MAX_PATH], data[MAX_PATH];
  WSADATA winsock;

  if (argc != 4) {
    fprintf(stderr, "usage: installer_proof PACKAGE FAULTS LAYERCTL\n");
    return 2;
  }
  snprintf(folder, sizeof folder, "%s", argv[1]);
  snprintf(shipped, sizeof shipped, "%s\\sockwarden.exe", argv[1]);
  snprintf(faulty, sizeof faulty, "%s", argv[2]);
  snprintf(layerctl, sizeof layerctl, "%s", argv[3]);
  GetSystemDirectoryA(system, sizeof system);
  snprintf(our_dll, sizeof our_dll, "%s\\sockwarden.dll", system);
  snprintf(vendor_dll, sizeof vendor_dll, "%s\\pass_through.dll", system);
  GetWindowsDirectoryA(system, sizeof system);
  snprintf(our_dll32, sizeof our_dll32, "%s\\syswow64\\sockwarden.dll", system);
  GetEnvironmentVariableA("ProgramData", data, sizeof data);
  snprintf(root, sizeof root, "%s\\Sockwarden", data);
  snprintf(journal, sizeof journal, "%s\\setup.journal", root);
  WSAStartup(MAKEWORD(2, 2), &winsock);
  sockwarden("status"); /* seeds the catalog */
  check(drift_ids(), "the catalogs' ids drift apart");

  static const faults_t changes = {"WSC-call-that-changes", "WSC", "FAIL", 1, 1};
  static const faults_t lies = {"WSC-call-that-lies", "WSC", "LIE", 1, 1};
  static const faults_t listing = {"WSCEnumProtocols-every-5th", "WSCEnum", "FAIL", 5, 0};
  static const faults_t paths = {"WSCGetProviderPath-every-29th", "WSCGet", "FAIL", 29, 0};
  static const faults_t files[] = {
      {"folder", "CreateDirectory", "FAIL", 1, 0}, {"access-list", "SetNamed", "FAIL", 1, 0},
      {"file-written", "WriteFile", "FAIL", 1, 0}, {"file-copied", "CopyFile", "FAIL", 1, 0},
      {"registry", "Reg", "FAIL", 1, 0},           {"verification", "verifying", "FAIL", 1, 0}};
  dry_run();
  for (int scene = ALONE; scene < SCENES; scene++)
    there_and_back((scene_t)scene);
  twice();
  shipped_has_no_faults();
  refusals();
  status_shows();
  policies_and_purge();
  from_snapshot();
  in_use();
  restart_status();
  excluded(folder);
  damaged("dangling-chain", damage_dangling, "dangling-chain");
  damaged("our-chain-not-first", damage_order, "not-first");
  damaged("duplicate", damage_duplicate, "duplicate");
  damaged("one-catalog", damage_one_catalog, "one-catalog");
  damaged("missing-dll", remove_our_dll, "missing-dll");
  damaged("reset-behind-our-back", remove_us_behind_our_back, "gone");
  for (int scene = VENDOR_IFS; scene < SCENES; scene++) {
    vendor_afterwards((scene_t)scene);
    vendor_goes_first((scene_t)scene);
  }
  assume(TRUE);
  for (int scene = ALONE; scene < SCENES; scene++) {
    int every = scene == VENDOR_IFS ? 5 : 1; /* its steps are those of the layer alone */

    killed_installing((scene_t)scene, every);
    killed_uninstalling((scene_t)scene, every);
  }
  killed_repairing();
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
  assume(FALSE);
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    faulty_install(&files[i], ALONE);
  faulty_uninstall(&files[2], ALONE);
  faulty_uninstall(&files[4], ALONE);
  WSACleanup();
  return case_end("all-cases-ran") ? 1 : 0;
}
