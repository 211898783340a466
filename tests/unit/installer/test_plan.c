/* Installation and removal, planned on catalogs of every make and carried out on the model. */
#include "catalogs.h"

#include <stdio.h>
#include <string.h>

static const catalog_model_entry_t *ours_of_kind(const catalog_model_t *catalog, int family, int type)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_model_is_ours(&catalog->entries[i]) && catalog->entries[i].info.family == family &&
        catalog->entries[i].info.type == type && catalog->entries[i].info.chain_length > 1)
      return &catalog->entries[i];
  return NULL;
}

static const catalog_model_entry_t *our_hidden(const catalog_model_t *catalog)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_model_is_ours(&catalog->entries[i]) && catalog->entries[i].info.chain_length == CHAIN_LAYER)
      return &catalog->entries[i];
  return NULL;
}

static void assert_chain(const catalog_model_info_t *info, int length, const uint32_t *links)
{
  assert_int_equal(info->chain_length, length);
  for (int i = 0; i < length; i++)
    assert_int_equal(info->chain[i], links[i]);
}

static void refuses(const machine_catalogs_t *catalogs, plan_status_t expected)
{
  plan_t plan;
  plan_failure_t failure;

  assert_int_equal(plan_install(catalogs, options(), &plan, &failure), expected);
  assert_int_equal(plan.count, 0);
  assert_true(strlen(failure.text) > 20);
}

static void fresh_gets_a_hidden_entry_last_and_six_chains_first(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install(&catalogs);
  for (size_t view = 0; view < 2; view++) {
    const catalog_model_t *catalog = &catalogs.view[view];

    assert_int_equal(catalog->count, 6 + 6 + 1);
    const catalog_model_entry_t *hidden = &catalog->entries[12];
    assert_true(catalog_model_is_ours(hidden));
    assert_int_equal(hidden->info.chain_length, CHAIN_LAYER);
    assert_int_equal(hidden->info.type, 0);
    assert_int_equal(hidden->info.protocol, 0);
    assert_int_equal(hidden->info.protocol_range, 0);
    assert_int_equal(hidden->info.provider_flags, CATALOG_HIDDEN);
    for (uint32_t i = 0; i < 6; i++) {
      const catalog_model_info_t *info = &catalog->entries[i].info;
      const catalog_model_info_t *base = &catalog->entries[6 + i].info;

      assert_true(catalog_model_is_ours(&catalog->entries[i]));
      assert_int_equal(base->id, 1001 + i + 100 * view); /* each catalog's own ids */
      assert_chain(info, 2, (uint32_t[]){hidden->info.id, base->id});
      assert_int_equal(info->family, base->family);
      assert_int_equal(info->type, base->type);
      assert_int_equal(info->protocol, base->protocol);
      assert_int_equal(info->protocol_range, base->protocol_range);
      assert_int_equal(info->service_flags[0], base->service_flags[0]);
    }
  }
  assert_installed(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void chains_are_named_for_what_they_lie_over(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  char name[CATALOG_NAME_CHARS];
  install(&catalogs);
  catalog_text_utf8(catalogs.view[0].entries[0].info.name, CATALOG_NAME_CHARS, name, sizeof name);
  assert_string_equal(name, "Sockwarden over [MSAFD Tcpip [TCP/IP]]");
  machine_catalogs_free(&catalogs);
}

static void every_chain_has_a_guid_of_its_own_shared_by_both_catalogs(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install(&catalogs);
  for (size_t i = 0; i < 13; i++) {
    const catalog_model_entry_t *entry = &catalogs.view[0].entries[i];

    if (!catalog_model_is_ours(entry))
      continue;
    assert_null(catalog_model_find_nth(&catalogs.view[0], &entry->info.guid, 1));
    assert_non_null(catalog_model_find_guid(&catalogs.view[1], &entry->info.guid));
  }
  machine_catalogs_free(&catalogs);
}

static void a_second_installation_changes_nothing(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  plan_t plan;
  plan_failure_t failure;
  install(&catalogs);
  assert_int_equal(plan_install(&catalogs, options(), &plan, &failure), PLAN_OK);
  assert_int_equal(plan.count, 0);
  machine_catalogs_free(&catalogs);
}

static void another_dll_path_is_another_installation(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  plan_options_t elsewhere = *options();
  plan_t plan;
  plan_failure_t failure;
  install(&catalogs);
  elsewhere.dll_path = "C:\\elsewhere\\sockwarden.dll";
  assert_int_equal(plan_install(&catalogs, &elsewhere, &plan, &failure), PLAN_OK);
  assert_true(plan.count > 0);
  plan_free(&plan);
  machine_catalogs_free(&catalogs);
}

static void install_then_remove_is_the_identity(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before = copy_of(&catalogs);
  install(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void one_catalog_on_32_bit_windows(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows_32(), before = copy_of(&catalogs);
  plan_t plan;
  plan_failure_t failure;
  assert_int_equal(plan_install(&catalogs, options(), &plan, &failure), PLAN_OK);
  for (size_t i = 0; i < plan.count; i++)
    assert_int_equal(plan.edits[i].views & IN_WOW, 0);
  plan_free(&plan);
  install(&catalogs);
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void only_ipv4(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = {.views = 2};
  for (size_t view = 0; view < 2; view++)
    add_base(&catalogs.view[view], 1001, FAMILY_INET, TYPE_STREAM, 6, "TCP");
  install(&catalogs);
  assert_int_equal(catalogs.view[0].count, 3);
  assert_installed(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void bluetooth_hyperv_and_unix_are_covered_where_present(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before;
  for (size_t view = 0; view < 2; view++) {
    add_base(&catalogs.view[view], 1021, FAMILY_BLUETOOTH, TYPE_STREAM, 3, "MSAFD RfComm [Bluetooth]");
    add_base(&catalogs.view[view], 1022, FAMILY_HYPERV, TYPE_STREAM, 1, "Hyper-V RAW");
    add_base(&catalogs.view[view], 1023, FAMILY_UNIX, TYPE_STREAM, 0, "AF_UNIX");
  }
  before = copy_of(&catalogs);
  install(&catalogs);
  assert_non_null(ours_of_kind(&catalogs.view[0], FAMILY_BLUETOOTH, TYPE_STREAM));
  assert_non_null(ours_of_kind(&catalogs.view[0], FAMILY_HYPERV, TYPE_STREAM));
  assert_non_null(ours_of_kind(&catalogs.view[1], FAMILY_UNIX, TYPE_STREAM));
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void what_we_do_not_cover_is_left_alone(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  add_base(&catalogs.view[0], 1031, 17, 5, 100, "MSAFD NetBIOS");
  add_base(&catalogs.view[0], 1032, FAMILY_INET, 4, 113, "Reliable Multicast");
  install(&catalogs);
  assert_int_equal(catalogs.view[0].count, 8 + 7);
  assert_installed(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void bluetooth_in_one_catalog_only(void **state)
{
  (void)state;
  for (size_t only = 0; only < 2; only++) {
    machine_catalogs_t catalogs = fresh_windows(), before;

    add_base(&catalogs.view[only], 1021, FAMILY_BLUETOOTH, TYPE_STREAM, 3, "RfComm");
    before = copy_of(&catalogs);
    install(&catalogs);
    assert_non_null(ours_of_kind(&catalogs.view[only], FAMILY_BLUETOOTH, TYPE_STREAM));
    assert_null(ours_of_kind(&catalogs.view[1 - only], FAMILY_BLUETOOTH, TYPE_STREAM));
    assert_installed(&catalogs);
    uninstall(&catalogs);
    assert_same(&catalogs, &before);
    machine_catalogs_free(&catalogs);
    machine_catalogs_free(&before);
  }
}

static void over_another_vendors_ifs_chain(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before;
  install_vendor(&catalogs, 2001, "Vendor", true);
  before = copy_of(&catalogs);
  uint32_t vendor =
      socket_kind_top_entry(&catalogs.view[0], &(socket_kind_t){FAMILY_INET, TYPE_STREAM, 6}, true)->info.id;
  install(&catalogs);
  const catalog_model_entry_t *tcp = &catalogs.view[0].entries[0];
  assert_chain(&tcp->info, 3, (uint32_t[]){our_hidden(&catalogs.view[0])->info.id, vendor, 1001});
  assert_int_equal(catalogs.view[0].count, 13 + 7); /* over what is on top only, not over the bases as well */
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void beneath_another_vendors_non_ifs_chain(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before;
  install_vendor(&catalogs, 2001, "Vendor", false);
  before = copy_of(&catalogs);
  install(&catalogs);
  for (size_t view = 0; view < 2; view++) {
    const catalog_model_t *catalog = &catalogs.view[view];
    const catalog_model_entry_t *top =
        socket_kind_top_entry(catalog, &(socket_kind_t){FAMILY_INET, TYPE_STREAM, 6}, false);
    const catalog_model_entry_t *ours = ours_of_kind(catalog, FAMILY_INET, TYPE_STREAM);
    uint32_t base = 1001 + (uint32_t)view * 100;

    assert_false(catalog_model_is_ours(top)); /* the vendor is not cut out */
    assert_chain(&top->info, 3, (uint32_t[]){top->info.chain[0], ours->info.id, base});
    assert_chain(&ours->info, 2, (uint32_t[]){our_hidden(catalog)->info.id, base});
    assert_true(ours->info.service_flags[0] & CATALOG_IFS_HANDLES);
    assert_false(top->info.service_flags[0] & CATALOG_IFS_HANDLES);
  }
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void between_a_non_ifs_layer_and_an_ifs_layer(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before;
  install_vendor(&catalogs, 2001, "Lower", true);
  install_vendor(&catalogs, 2201, "Upper", false);
  before = copy_of(&catalogs);
  socket_kind_t tcp = {FAMILY_INET, TYPE_STREAM, 6};
  uint32_t lower = socket_kind_top_entry(&catalogs.view[0], &tcp, true)->info.chain[1];
  install(&catalogs);
  const catalog_model_entry_t *ours = ours_of_kind(&catalogs.view[0], FAMILY_INET, TYPE_STREAM);
  const catalog_model_entry_t *top = socket_kind_top_entry(&catalogs.view[0], &tcp, false);
  assert_chain(&top->info, 4, (uint32_t[]){top->info.chain[0], ours->info.id, lower, 1001});
  assert_chain(&ours->info, 3, (uint32_t[]){our_hidden(&catalogs.view[0])->info.id, lower, 1001});
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void over_an_ifs_layer_that_lies_over_a_non_ifs_one_we_go_beneath_both(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before;
  install_vendor(&catalogs, 2001, "Lower", false);
  install_vendor(&catalogs, 2201, "Upper", true);
  for (size_t i = 0; i < catalogs.view[0].count; i++) /* it could not claim them over a non-IFS layer */
    if (catalogs.view[0].entries[i].info.chain_length == 3)
      catalogs.view[0].entries[i].info.service_flags[0] &= ~CATALOG_IFS_HANDLES;
  for (size_t i = 0; i < catalogs.view[1].count; i++)
    if (catalogs.view[1].entries[i].info.chain_length == 3)
      catalogs.view[1].entries[i].info.service_flags[0] &= ~CATALOG_IFS_HANDLES;
  before = copy_of(&catalogs);
  install(&catalogs);
  const catalog_model_entry_t *ours = ours_of_kind(&catalogs.view[0], FAMILY_INET, TYPE_STREAM);
  const catalog_model_entry_t *top =
      socket_kind_top_entry(&catalogs.view[0], &(socket_kind_t){FAMILY_INET, TYPE_STREAM, 6}, false);
  assert_int_equal(top->info.chain_length, 4);
  assert_int_equal(top->info.chain[2], ours->info.id);
  assert_int_equal(top->info.chain[3], 1001);
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void layer_installed_over_ours_survives_our_removal(void **state)
{
  (void)state;
  for (int ifs = 0; ifs <= 1; ifs++) {
    machine_catalogs_t catalogs = fresh_windows(), alone = fresh_windows();

    install_vendor(&alone, 2001, "Vendor", ifs);
    install(&catalogs);
    install_vendor(&catalogs, 2001, "Vendor", ifs);
    assert_installed(&catalogs); /* above us, through us */
    uninstall(&catalogs);
    assert_healthy(&catalogs);
    for (size_t view = 0; view < 2; view++) {
      assert_int_equal(catalogs.view[view].count, alone.view[view].count);
      const catalog_model_entry_t *top =
          socket_kind_top_entry(&catalogs.view[view], &(socket_kind_t){FAMILY_INET6, TYPE_RAW, 0}, false);
      assert_int_equal(top->info.chain_length, 2);
      assert_int_equal(top->info.chain[1], 1006 + 100 * view);
    }
    machine_catalogs_free(&catalogs);
    machine_catalogs_free(&alone);
  }
}

static void chain_that_names_ours_last_gets_what_was_below(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows_32();
  install(&catalogs);
  catalog_model_t *catalog = &catalogs.view[0];
  uint32_t ours = ours_of_kind(catalog, FAMILY_INET, TYPE_STREAM)->info.id;
  uint32_t hidden = add_hidden(catalog, 2001, true, "V", "C:\\v.dll");
  uint32_t chain = add_chain(catalog, 2002, hidden, ours, true, "C:\\v.dll");
  catalog_model_find_id(catalog, chain)->info.chain_length = 2; /* hidden, ours: nothing after */
  uninstall(&catalogs);
  assert_chain(&catalog_model_find_id(catalog, chain)->info, 2, (uint32_t[]){hidden, 1001});
  assert_healthy(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void chain_that_names_our_hidden_entry_loses_the_link(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows_32();
  install(&catalogs);
  catalog_model_t *catalog = &catalogs.view[0];
  uint32_t hidden = add_hidden(catalog, 2001, true, "V", "C:\\v.dll");
  uint32_t chain = add_chain(catalog, 2002, hidden, 1001, true, "C:\\v.dll");
  catalog_model_info_t *info = &catalog_model_find_id(catalog, chain)->info;
  info->chain[1] = our_hidden(catalog)->info.id;
  info->chain[2] = 1001;
  info->chain_length = 3;
  uninstall(&catalogs);
  assert_chain(&catalog_model_find_id(catalog, chain)->info, 2, (uint32_t[]){hidden, 1001});
  machine_catalogs_free(&catalogs);
}

/* A chain of `length` over TCP/IPv4, all IFS. */
static machine_catalogs_t tall(int length, bool ifs)
{
  machine_catalogs_t catalogs = fresh_windows_32();
  catalog_model_t *catalog = &catalogs.view[0];
  uint32_t over = 1001;

  for (uint32_t level = 1; (int)level < length; level++) {
    uint32_t hidden = add_hidden(catalog, 2000 + level, ifs, "V", "C:\\v.dll");

    over = add_chain(catalog, 2100 + level, hidden, over, ifs, "C:\\v.dll");
  }
  return catalogs;
}

static void a_chain_of_six_has_room_for_us(void **state)
{
  (void)state;
  for (int ifs = 0; ifs <= 1; ifs++) {
    machine_catalogs_t catalogs = tall(6, ifs), before = copy_of(&catalogs);

    install(&catalogs);
    assert_installed(&catalogs);
    uninstall(&catalogs);
    assert_same(&catalogs, &before);
    machine_catalogs_free(&catalogs);
    machine_catalogs_free(&before);
  }
}

static void a_chain_of_seven_is_full(void **state)
{
  (void)state;
  for (int ifs = 0; ifs <= 1; ifs++) {
    machine_catalogs_t catalogs = tall(7, ifs);

    refuses(&catalogs, PLAN_CHAIN_FULL);
    machine_catalogs_free(&catalogs);
  }
}

static void nothing_to_cover(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = {.views = 2};
  refuses(&catalogs, PLAN_NOTHING_TO_COVER);
  add_base(&catalogs.view[0], 1001, FAMILY_INET, TYPE_STREAM, 6, "TCP");
  refuses(&catalogs, PLAN_NOTHING_TO_COVER); /* never one catalog without the other */
  machine_catalogs_free(&catalogs);
}

static void no_layer_over_a_damaged_chain(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install_vendor(&catalogs, 2001, "Vendor", true);
  catalogs.view[1].entries[0].info.chain[1] = 4711;
  refuses(&catalogs, PLAN_DAMAGED);
  catalogs.view[1].entries[0].info.chain_length = 9;
  refuses(&catalogs, PLAN_DAMAGED);
  machine_catalogs_free(&catalogs);
}

/* However far an installation came, another one makes it whole, and a removal makes it gone. */
/* An order could not name both, and once had no room for what went beneath each. */
static void an_id_twice_is_refused(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install_vendor(&catalogs, 2001, "Vendor", false);
  for (int i = 0; i < 9; i++)
    assert_true(catalog_model_append(&catalogs.view[0], &catalogs.view[0].entries[0]));
  refuses(&catalogs, PLAN_IMPOSSIBLE);
  machine_catalogs_free(&catalogs);
}

static void half_installed(machine_catalogs_t (*start)(void))
{
  machine_catalogs_t fresh = start();
  plan_t plan;
  plan_failure_t failure;

  assert_int_equal(plan_install(&fresh, options(), &plan, &failure), PLAN_OK);
  for (size_t steps = 0; steps <= plan.count; steps++) {
    machine_catalogs_t half = copy_of(&fresh), other = copy_of(&fresh);

    carry_out(&plan, steps, &half);
    carry_out(&plan, steps, &other);
    install(&half);
    assert_installed(&half);
    uninstall(&half);
    assert_same(&half, &fresh);
    uninstall(&other);
    assert_same(&other, &fresh);
    restore(&other, &fresh);
    assert_same(&other, &fresh);
    machine_catalogs_free(&half);
    machine_catalogs_free(&other);
  }
  plan_free(&plan);
  machine_catalogs_free(&fresh);
}

static machine_catalogs_t with_ifs(void)
{
  machine_catalogs_t catalogs = fresh_windows();

  install_vendor(&catalogs, 2001, "Vendor", true);
  return catalogs;
}

static machine_catalogs_t with_non_ifs(void)
{
  machine_catalogs_t catalogs = fresh_windows();

  install_vendor(&catalogs, 2001, "Vendor", false);
  return catalogs;
}

static void half_installed_on_fresh(void **state)
{
  (void)state;
  half_installed(fresh_windows);
}

static void half_installed_over_ifs(void **state)
{
  (void)state;
  half_installed(with_ifs);
}

static void half_installed_beneath_non_ifs(void **state)
{
  (void)state;
  half_installed(with_non_ifs);
}

static void half_removed_is_removed_by_the_next(void **state)
{
  (void)state;
  machine_catalogs_t fresh = with_non_ifs(), whole = copy_of(&fresh);
  plan_t plan;
  plan_failure_t failure;
  install(&whole);
  assert_int_equal(plan_remove(&whole, &plan, &failure), PLAN_OK);
  for (size_t steps = 0; steps <= plan.count; steps++) {
    machine_catalogs_t half = copy_of(&whole);

    carry_out(&plan, steps, &half);
    uninstall(&half);
    assert_same(&half, &fresh);
    machine_catalogs_free(&half);
  }
  plan_free(&plan);
  machine_catalogs_free(&whole);
  machine_catalogs_free(&fresh);
}

/* While others' chains still name us, we are there to be named. */
static void removal_never_leaves_a_dangling_chain_on_its_way(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = with_non_ifs();
  plan_t plan;
  plan_failure_t failure;
  install(&catalogs);
  install_vendor(&catalogs, 2401, "Above", true);
  assert_int_equal(plan_remove(&catalogs, &plan, &failure), PLAN_OK);
  for (size_t steps = 0; steps <= plan.count; steps++) {
    machine_catalogs_t half = copy_of(&catalogs);

    carry_out(&plan, steps, &half);
    for (size_t view = 0; view < 2; view++)
      for (size_t i = 0; i < half.view[view].count; i++)
        assert_int_equal(layering_check_chain(&half.view[view], &half.view[view].entries[i].info, NULL),
                         CHAIN_SOUND);
    machine_catalogs_free(&half);
  }
  plan_free(&plan);
  machine_catalogs_free(&catalogs);
}

/* Nothing a program could open is broken at any moment of an installation: chains come last, hidden entry
 * first, and a chain with the other catalog's ids in it is not first in any order. */
static void installation_never_breaks_what_programs_get(void **state)
{
  (void)state;
  machine_catalogs_t (*const starts[])(void) = {fresh_windows, with_ifs, with_non_ifs};
  for (size_t start = 0; start < 3; start++) {
    machine_catalogs_t catalogs = starts[start]();
    plan_t plan;
    plan_failure_t failure;

    assert_int_equal(plan_install(&catalogs, options(), &plan, &failure), PLAN_OK);
    for (size_t steps = 0; steps <= plan.count; steps++) {
      machine_catalogs_t half = copy_of(&catalogs);

      carry_out(&plan, steps, &half);
      for (size_t view = 0; view < 2; view++) {
        socket_kind_t kinds[SOCKET_KINDS_MAX];
        size_t count = socket_kinds_list(&half.view[view], kinds, SOCKET_KINDS_MAX);

        for (size_t i = 0; i < count; i++)
          assert_int_equal(
              layering_check_chain(&half.view[view],
                                   &socket_kind_top_entry(&half.view[view], &kinds[i], false)->info, NULL),
              CHAIN_SOUND);
      }
      machine_catalogs_free(&half);
    }
    plan_free(&plan);
    machine_catalogs_free(&catalogs);
  }
}

static void our_chain_that_lost_its_place_comes_first_again(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install(&catalogs);
  catalog_model_entry_t base = catalogs.view[1].entries[7];
  catalog_model_remove(&catalogs.view[1], 7);
  catalog_model_insert(&catalogs.view[1], 0, &base);
  assert_problem(&catalogs, HEALTH_NOT_FIRST);
  install(&catalogs);
  assert_installed(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void an_edit_is_told_in_words(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  plan_t plan;
  plan_failure_t failure;
  char text[512];
  assert_int_equal(plan_install(&catalogs, options(), &plan, &failure), PLAN_OK);
  plan_edit_text(&plan, &catalogs, &plan.edits[0], text, sizeof text);
  assert_string_equal(text, "both catalogs: add hidden entry \"Sockwarden\"");
  plan_edit_text(&plan, &catalogs, &plan.edits[3], text, sizeof text);
  assert_string_equal(
      text, "both catalogs: add \"Sockwarden over [MSAFD Tcpip [TCP/IP]]\", chain Sockwarden > MSAFD "
            "Tcpip [TCP/IP]");
  plan_free(&plan);
  machine_catalogs_free(&catalogs);
}

static void mend_takes_dangling_links_out_of_others_chains(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), sound;
  plan_t plan;
  plan_failure_t failure;
  install_vendor(&catalogs, 2001, "Vendor", true);
  sound = copy_of(&catalogs);
  catalog_model_info_t *info = &catalogs.view[0].entries[0].info;
  memmove(info->chain + 2, info->chain + 1, 5 * sizeof *info->chain);
  info->chain[1] = 4711; /* ours, taken out by some cleaning tool */
  info->chain_length = 3;
  assert_problem(&catalogs, HEALTH_DANGLING);
  assert_int_equal(plan_mend(&catalogs, &plan, &failure), PLAN_OK);
  assert_int_equal(plan.count, 1);
  carry_out(&plan, plan.count, &catalogs);
  plan_free(&plan);
  assert_same(&catalogs, &sound);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&sound);
}

static void mend_leaves_what_it_cannot_make_sound(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  plan_t plan;
  plan_failure_t failure;
  install_vendor(&catalogs, 2001, "Vendor", true);
  catalogs.view[0].entries[0].info.chain[1] = 4711; /* the base is what is missing */
  assert_int_equal(plan_mend(&catalogs, &plan, &failure), PLAN_OK);
  assert_int_equal(plan.count, 0);
  machine_catalogs_free(&catalogs);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fresh_gets_a_hidden_entry_last_and_six_chains_first),
      cmocka_unit_test(chains_are_named_for_what_they_lie_over),
      cmocka_unit_test(every_chain_has_a_guid_of_its_own_shared_by_both_catalogs),
      cmocka_unit_test(a_second_installation_changes_nothing),
      cmocka_unit_test(another_dll_path_is_another_installation),
      cmocka_unit_test(install_then_remove_is_the_identity),
      cmocka_unit_test(one_catalog_on_32_bit_windows),
      cmocka_unit_test(only_ipv4),
      cmocka_unit_test(bluetooth_hyperv_and_unix_are_covered_where_present),
      cmocka_unit_test(what_we_do_not_cover_is_left_alone),
      cmocka_unit_test(bluetooth_in_one_catalog_only),
      cmocka_unit_test(over_another_vendors_ifs_chain),
      cmocka_unit_test(beneath_another_vendors_non_ifs_chain),
      cmocka_unit_test(between_a_non_ifs_layer_and_an_ifs_layer),
      cmocka_unit_test(over_an_ifs_layer_that_lies_over_a_non_ifs_one_we_go_beneath_both),
      cmocka_unit_test(layer_installed_over_ours_survives_our_removal),
      cmocka_unit_test(chain_that_names_ours_last_gets_what_was_below),
      cmocka_unit_test(chain_that_names_our_hidden_entry_loses_the_link),
      cmocka_unit_test(a_chain_of_six_has_room_for_us),
      cmocka_unit_test(a_chain_of_seven_is_full),
      cmocka_unit_test(nothing_to_cover),
      cmocka_unit_test(no_layer_over_a_damaged_chain),
      cmocka_unit_test(an_id_twice_is_refused),
      cmocka_unit_test(half_installed_on_fresh),
      cmocka_unit_test(half_installed_over_ifs),
      cmocka_unit_test(half_installed_beneath_non_ifs),
      cmocka_unit_test(half_removed_is_removed_by_the_next),
      cmocka_unit_test(removal_never_leaves_a_dangling_chain_on_its_way),
      cmocka_unit_test(installation_never_breaks_what_programs_get),
      cmocka_unit_test(our_chain_that_lost_its_place_comes_first_again),
      cmocka_unit_test(an_edit_is_told_in_words),
      cmocka_unit_test(mend_takes_dangling_links_out_of_others_chains),
      cmocka_unit_test(mend_leaves_what_it_cannot_make_sound),
  };

  return cmocka_run_group_tests_name("installer.plan", tests, NULL, NULL);
}
