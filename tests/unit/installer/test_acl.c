/* The access lists say what docs/administration.md says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "acl.h"

#include <sddl.h>

/* The rights that a list gives to a SID on the folder itself, or, with `files`, on what is made in it. */
static DWORD rights(acl_kind_t kind, const WCHAR *sid_text, BOOL files)
{
  PSECURITY_DESCRIPTOR descriptor;
  PACL list;
  BOOL present, defaulted;
  PSID sid;
  DWORD mask = 0;

  assert_true(ConvertStringSecurityDescriptorToSecurityDescriptorW(acl_sddl(kind), SDDL_REVISION_1,
                                                                   &descriptor, NULL));
  assert_true(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted) && present);
  assert_true(ConvertStringSidToSidW(sid_text, &sid));
  for (DWORD i = 0; i < list->AceCount; i++) {
    ACCESS_ALLOWED_ACE *ace;

    assert_true(GetAce(list, i, (void **)&ace));
    assert_int_equal(ace->Header.AceType, ACCESS_ALLOWED_ACE_TYPE);
    BOOL holds =
        files ? ace->Header.AceFlags & OBJECT_INHERIT_ACE : !(ace->Header.AceFlags & INHERIT_ONLY_ACE);
    if (holds && EqualSid(&ace->SidStart, sid))
      mask |= ace->Mask;
  }
  LocalFree(sid);
  LocalFree(descriptor);
  return mask;
}

static const WCHAR everyone[] = L"S-1-1-0", packages[] = L"S-1-15-2-1", restricted_packages[] = L"S-1-15-2-2",
                   administrators[] = L"S-1-5-32-544", owner_rights[] = L"S-1-3-4";
static const WCHAR *const processes[] = {everyone, packages, restricted_packages};
static const DWORD writing = FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_ATTRIBUTES | FILE_WRITE_EA |
                             FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER;

static void every_process_reads_policies_and_only_administrators_write(void **state)
{
  (void)state;
  for (int files = 0; files <= 1; files++) {
    assert_int_equal(rights(ACL_POLICIES, administrators, files), FILE_ALL_ACCESS);
    for (int i = 0; i < 3; i++) {
      assert_int_equal(rights(ACL_POLICIES, processes[i], files) & FILE_GENERIC_READ, FILE_GENERIC_READ);
      assert_int_equal(rights(ACL_POLICIES, processes[i], files) & writing, 0);
    }
  }
}

static void every_process_reads_and_executes_the_dll(void **state)
{
  (void)state;
  assert_int_equal(rights(ACL_DLL, administrators, FALSE), FILE_ALL_ACCESS);
  for (int i = 0; i < 3; i++) {
    const DWORD needed = FILE_GENERIC_READ | FILE_GENERIC_EXECUTE;

    assert_int_equal(rights(ACL_DLL, processes[i], FALSE) & needed, needed);
    assert_int_equal(rights(ACL_DLL, processes[i], FALSE) & writing, 0);
  }
}

static void every_process_appends_to_logs_and_nobody_rewrites(void **state)
{
  (void)state;
  for (int i = 0; i < 3; i++) {
    assert_true(rights(ACL_LOGS, processes[i], FALSE) & FILE_ADD_FILE);
    assert_int_equal(
        rights(ACL_LOGS, processes[i], FALSE) & (FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER), 0);
    assert_int_equal(rights(ACL_LOGS, processes[i], TRUE) & writing, FILE_APPEND_DATA);
  }
  /* Who made a file owns it; without this the owner could change its list. */
  assert_int_equal(rights(ACL_LOGS, owner_rights, TRUE) & writing, FILE_APPEND_DATA);
}

static void what_repair_goes_by_is_only_administrators_to_write(void **state)
{
  (void)state;
  for (int files = 0; files <= 1; files++)
    for (int i = 0; i < 3; i++)
      assert_int_equal(rights(ACL_SETUP, processes[i], files) & writing, 0);
}

static void administrators_own_it_and_nothing_is_inherited(void **state)
{
  (void)state;
  for (int kind = ACL_POLICIES; kind <= ACL_DLL; kind++) {
    PSECURITY_DESCRIPTOR descriptor;
    SECURITY_DESCRIPTOR_CONTROL control;
    DWORD revision;
    PSID owner;
    BOOL defaulted;

    assert_true(ConvertStringSecurityDescriptorToSecurityDescriptorW(acl_sddl((acl_kind_t)kind),
                                                                     SDDL_REVISION_1, &descriptor, NULL));
    assert_true(GetSecurityDescriptorControl(descriptor, &control, &revision));
    assert_true(control & SE_DACL_PROTECTED);
    assert_true(GetSecurityDescriptorOwner(descriptor, &owner, &defaulted));
    assert_true(IsWellKnownSid(owner, WinBuiltinAdministratorsSid));
    LocalFree(descriptor);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_process_reads_policies_and_only_administrators_write),
      cmocka_unit_test(every_process_reads_and_executes_the_dll),
      cmocka_unit_test(every_process_appends_to_logs_and_nobody_rewrites),
      cmocka_unit_test(what_repair_goes_by_is_only_administrators_to_write),
      cmocka_unit_test(administrators_own_it_and_nothing_is_inherited),
  };

  return cmocka_run_group_tests_name("installer.acl", tests, NULL, NULL);
}
