#include "policy_folder.h"

#include "files.h"
#include "registry.h"
#include "setup_print.h"
#include "trust_path.h"

bool policy_folder_choose(const install_paths_t *paths, const char *argument,
                          WCHAR folder[INSTALL_PATH_CHARS])
{
  if (argument != NULL) {
    if (install_paths_full(argument, folder))
      return true;
    setup_print_failure("--policies: '%s' is not a valid path. Nothing was changed.", argument);
    return false;
  }
  if (!registry_read_policy_dir(folder, INSTALL_PATH_CHARS))
    wcscpy(folder, paths->policies);
  return true;
}

bool policy_folder_setting_is_due(const install_paths_t *paths, const WCHAR *folder)
{
  WCHAR set[INSTALL_PATH_CHARS];

  if (registry_read_policy_dir(set, INSTALL_PATH_CHARS))
    return wcscmp(set, folder) != 0;
  return wcscmp(paths->policies, folder) != 0;
}

bool policy_folder_make(transaction_t *transaction, const WCHAR *folder)
{
  trust_report_t trust;
  char text[INSTALL_PATH_TEXT];

  if (wcscmp(folder, transaction->paths.policies) == 0 || !files_exist(folder))
    return transaction_make_folder(transaction, JOURNAL_POLICY_FOLDER, folder, ACL_POLICIES);
  install_paths_text(folder, text);
  if (trust_path_judge_folder(text, &trust) == TRUST_WRITABLE)
    setup_print_failure(
        "warning: policies in %s will not be loaded: %s. Its access list was not changed; to fix it, %s",
        text, trust.what, trust.advice);
  return true;
}

bool policy_folder_write_setting(transaction_t *transaction, const WCHAR *folder)
{
  WCHAR was[INSTALL_PATH_CHARS];
  char text[INSTALL_PATH_TEXT] = "none";

  if (!policy_folder_setting_is_due(&transaction->paths, folder))
    return true;
  if (registry_read_policy_dir(was, INSTALL_PATH_CHARS))
    install_paths_text(was, text);
  if (!transaction_note(transaction, JOURNAL_POLICY_DIR, text))
    return false;
  DWORD error = registry_set_policy_dir(folder);
  if (!error && policy_folder_setting_is_due(&transaction->paths, folder))
    error = ERROR_INVALID_DATA;
  return setup_succeeded("writing the setting PolicyDir", error);
}
