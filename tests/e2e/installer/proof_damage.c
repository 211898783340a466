/* Other vendors' layers that come and go, and damage: what verify says of it and repair makes of it. */
#include "proof_cases.h"

#include <stdlib.h>

#include "proof_machine.h"
#include "proof_run.h"

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

void proof_damage(void)
{
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
}
