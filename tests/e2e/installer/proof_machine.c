#include "proof_machine.h"

#include <stdio.h>

#include "proof_run.h"

const char *const scene_names[SCENES] = {"alone", "over-ifs-layer", "beneath-non-ifs-layer"};
static char vendor_dll[MAX_PATH];
char shipped[MAX_PATH], faulty[MAX_PATH], package[MAX_PATH], layerctl[MAX_PATH];
char our_dll[MAX_PATH], our_dll32[MAX_PATH], root[MAX_PATH], journal[MAX_PATH];

BOOL machine_begin(char **arguments)
{
  char system[MAX_PATH], data[MAX_PATH];

  snprintf(package, sizeof package, "%s", arguments[0]);
  snprintf(shipped, sizeof shipped, "%s\\sockwarden.exe", arguments[0]);
  snprintf(faulty, sizeof faulty, "%s", arguments[1]);
  snprintf(layerctl, sizeof layerctl, "%s", arguments[2]);
  GetSystemDirectoryA(system, sizeof system);
  snprintf(our_dll, sizeof our_dll, "%s\\sockwarden.dll", system);
  snprintf(vendor_dll, sizeof vendor_dll, "%s\\pass_through.dll", system);
  GetWindowsDirectoryA(system, sizeof system);
  snprintf(our_dll32, sizeof our_dll32, "%s\\syswow64\\sockwarden.dll", system);
  GetEnvironmentVariableA("ProgramData", data, sizeof data);
  snprintf(root, sizeof root, "%s\\Sockwarden", data);
  snprintf(journal, sizeof journal, "%s\\setup.journal", root);
  sockwarden("status"); /* seeds the catalog */
  return drift_ids();
}

BOOL there(const char *path)
{
  return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

void assume_sockets_work(BOOL on)
{
  SetEnvironmentVariableA("SOCKWARDEN_TEST_ASSUME", on ? "4" : NULL);
}

DWORD sockwarden(const char *arguments)
{
  return run(faulty, arguments);
}

void set_scene(scene_t scene)
{
  char arguments[MAX_PATH + 64];

  snprintf(arguments, sizeof arguments, "install %s --name Vendor%s", vendor_dll,
           scene == VENDOR_NON_IFS ? " --non-ifs" : "");
  if (scene != ALONE)
    check(run(layerctl, arguments) == 0, "layerctl install");
}

void end_scene(scene_t scene)
{
  char arguments[MAX_PATH + 64];

  snprintf(arguments, sizeof arguments, "remove %s", vendor_dll);
  if (scene != ALONE)
    check(run(layerctl, arguments) == 0, "layerctl remove");
}

BOOL is_like(const image_t *before)
{
  image_t now = image_take();
  BOOL same = image_same(before, &now);

  image_free(&now);
  return same;
}

BOOL clean(const image_t *before)
{
  return is_like(before) && !there(our_dll) && !there(our_dll32) && !there(journal);
}

BOOL whole(void)
{
  return ours_in(FALSE) == 7 && ours_in(TRUE) == 7 && there(our_dll) && there(our_dll32) &&
         sockwarden("verify") == 0 && sockwarden("verify --loopback") == 0 &&
         said("tcp-ipv4 works-through-sockwarden") && said("udp-ipv6 works-through-sockwarden");
}
