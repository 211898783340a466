/* The commands as administrators use them. */
#include "proof_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proof_machine.h"
#include "proof_run.h"

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

static void excluded(void)
{
  char program[MAX_PATH + 32], arguments[MAX_PATH * 2];

  snprintf(program, sizeof program, "%s\\excluded.exe", package);
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

void proof_commands(void)
{
  dry_run();
  for (int scene = ALONE; scene < SCENES; scene++)
    there_and_back((scene_t)scene);
  twice();
  refusals();
  status_shows();
  policies_and_purge();
  from_snapshot();
  excluded();
}
