#include "refresh.h"

refresh_action_t refresh_decide(const refresh_seen_t *seen)
{
  if (seen->files_changed)
    switch (seen->loaded) {
    case REFRESH_NOT_LOADED:
      return REFRESH_LOAD;
    case REFRESH_LOADED_GOOD:
      return REFRESH_PUBLISH;
    case REFRESH_LOADED_STARVED:
      return REFRESH_KEEP;
    case REFRESH_LOADED_BROKEN:
      if (seen->was_off)
        return REFRESH_PUBLISH; /* OnError decides, as at the first load */
      break;                    /* the last good set stays in force */
    }
  return seen->settings_changed ? REFRESH_REBUILD : REFRESH_KEEP;
}

void refresh_open(refresh_t *refresh)
{
  atomic_flag_clear(&refresh->busy);
}

bool refresh_load_first(refresh_t *refresh, set_loader_t *loader, current_set_t *current)
{
  policy_settings_t *settings = set_loader_read_settings(loader);
  folder_t *folder =
      settings != NULL ? folder_read(set_loader_folder_path(settings), settings->protection, &loader->memory)
                       : NULL;
  policy_set_t *set = folder != NULL ? set_loader_build(loader, settings, folder, true) : NULL;

  folder_release(folder);
  memory_free(&loader->memory, settings);
  if (set == NULL)
    return false;
  atomic_store(&refresh->errors, policy_set_errors(set));
  if (current_set_start(current, set)) {
    atomic_store(&refresh->next_look, platform_milliseconds() + REFRESH_EVERY_MS);
    policy_set_report(set);
  }
  return true;
}

/* Build a set from the folder as it is now. */
static policy_set_t *refresh__load(refresh_t *refresh, set_loader_t *loader,
                                   const policy_settings_t *settings, folder_t *folder, refresh_seen_t *seen)
{
  policy_set_t *set = set_loader_build(loader, settings, folder, seen->was_off);

  if (set == NULL)
    seen->loaded = REFRESH_LOADED_STARVED;
  else
    seen->loaded = policy_set_errors(set) ? REFRESH_LOADED_BROKEN : REFRESH_LOADED_GOOD;
  atomic_store(&refresh->errors, set != NULL ? policy_set_errors(set) : 1);
  return set;
}

/* refresh->busy is held and a set is in force. */
static void refresh__take_up(refresh_t *refresh, set_loader_t *loader, current_set_t *current,
                             const policy_settings_t *settings)
{
  policy_set_t *in_force = atomic_load(&current->set), *set = NULL; /* it stays: only we could replace it */
  folder_t *folder;
  refresh_seen_t seen = {.files_changed = folder_watch_look(
                             &refresh->folder, set_loader_folder_path(settings), settings->protection,
                             folder_hash(policy_set_folder(in_force)), &loader->memory, &folder),
                         .settings_changed = set_loader_would_differ(loader, settings, in_force),
                         .was_off = policy_set_settings(in_force)->mode == POLICY_MODE_OFF};
  refresh_action_t action = refresh_decide(&seen);

  if (action == REFRESH_LOAD) {
    set = refresh__load(refresh, loader, settings, folder, &seen);
    action = refresh_decide(&seen);
  }
  if (set != NULL && action != REFRESH_PUBLISH) {
    policy_set_report(set); /* loudly, and once: the same files are not tried again */
    policy_set_destroy(set);
    set = NULL;
  }
  /* What new limits break of the files in force, OnError decides, as at the first load. */
  if (action == REFRESH_REBUILD)
    set = set_loader_build(loader, settings, policy_set_folder(in_force), true);
  bool starved = seen.loaded == REFRESH_LOADED_STARVED;
  if (set != NULL && current_set_replace(current, set))
    policy_set_report(set);
  else
    starved |= set != NULL;
  if (starved)
    folder_watch_forget(&refresh->folder); /* the next look tries again */
  folder_release(folder);
}

void refresh_look(refresh_t *refresh, set_loader_t *loader, current_set_t *current)
{
  if (atomic_load(&current->set) == NULL) {
    refresh_load_first(refresh, loader, current);
    return;
  }
  if (atomic_flag_test_and_set(&refresh->busy))
    return;
  policy_settings_t *settings = set_loader_read_settings(loader);
  if (settings != NULL)
    refresh__take_up(refresh, loader, current, settings);
  memory_free(&loader->memory, settings);
  current_set_clean(current);
  atomic_flag_clear(&refresh->busy);
}
