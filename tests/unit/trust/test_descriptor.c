/* Who may write a policy: security descriptors, sane and hostile, given as SDDL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "trust_report.h"

#include <sddl.h>

#include "acl.h"

static PSECURITY_DESCRIPTOR descriptor_of(const char *text)
{
  PSECURITY_DESCRIPTOR descriptor;

  if (!ConvertStringSecurityDescriptorToSecurityDescriptorA(text, SDDL_REVISION_1, &descriptor, NULL))
    fail_msg("%s: error %lu", text, GetLastError());
  return descriptor;
}

static const char *findings_in(const char *text, trust_object_t object)
{
  static trust_report_t report;
  PSECURITY_DESCRIPTOR descriptor = descriptor_of(text);
  trust_findings_t findings = descriptor_judge(descriptor, object, NULL);

  report.what[0] = 0;
  if (findings.count)
    trust_report_findings(&report, &findings, object, "C:\\P");
  LocalFree(descriptor);
  return report.what;
}

#define ALL_BUT_WRITE "0x1200a9"
#define SOMEBODY      "S-1-5-21-1-2-3-1001"

/* Trusted as a file, a folder, a folder on the way and a link. */
static void what_only_administrators_can_write(void **state)
{
  static const char *const texts[] = {
      "O:SYG:SYD:(A;;FA;;;SY)",
      "O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;" ALL_BUT_WRITE ";;;WD)",
      "O:BAG:BAD:", /* an empty list: nobody may do anything */
      "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:"
      "(A;;FA;;;S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464)(A;;FR;;;BU)",
      "O:S-1-5-21-1-2-3-500G:BAD:(A;;FA;;;S-1-5-21-1-2-3-500)",             /* the built-in Administrator */
      "O:BAG:BAD:(A;;FA;;;S-1-5-21-1-2-3-512)(A;;FA;;;S-1-5-21-9-8-7-519)", /* Domain and Enterprise Admins */
      "O:BAG:BAD:(A;;FA;;;S-1-3-0)(A;;FA;;;S-1-3-4)",                       /* the owner, who is trusted */
      "O:BAG:BAD:(A;OICIIO;FA;;;WD)(A;CIIO;GA;;;BU)",                       /* for what is made in it */
      "O:BAG:BAD:(D;;FA;;;WD)(A;;FR;;;WD)(A;;FX;;;BU)(A;;RC;;;AU)",
      "O:BAG:BAD:(A;;GRGX;;;WD)",
      "O:BAG:BAD:(A;;FA;;;BA)S:(ML;;NW;;;LW)(AU;SA;FA;;;WD)", /* the SACL allows nobody anything */
  };

  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    for (int object = TRUST_FILE; object <= TRUST_LINK; object++)
      assert_string_equal(findings_in(texts[i], (trust_object_t)object), "");
}

/* Refused as whatever it is. */
static void what_others_can_take_over(void **state)
{
  static const struct {
    const char *text, *found;
  } cases[] = {
      {"O:" SOMEBODY "G:BAD:(A;;FA;;;BA)", SOMEBODY " owns it"},
      {"O:BUG:BAD:(A;;FA;;;BA)", "Users (S-1-5-32-545) owns it"},
      {"O:S-1-5-32-544-1G:BAD:", "S-1-5-32-544-1 owns it"}, /* only looks like Administrators */
      {"O:S-1-5-21-1-2-500G:BAD:", "S-1-5-21-1-2-500 owns it"},
      {"O:S-1-5-21-1-2-3-4-500G:BAD:", "S-1-5-21-1-2-3-4-500 owns it"},
      {"O:S-1-4-21-1-2-3-500G:BAD:", "S-1-4-21-1-2-3-500 owns it"},
      {"O:S-1-5-20-1-2-3-500G:BAD:", "S-1-5-20-1-2-3-500 owns it"},
      {"O:S-1-5-80-956008885G:BAD:", "owns it"},
      {"O:BAG:BAD:(A;;FA;;;WD)", "Everyone (S-1-1-0) may"},
      {"O:BAG:BAD:(A;;GA;;;BU)", "Users (S-1-5-32-545) may do everything"},
      {"O:BAG:BAD:(A;;SD;;;AU)", "Authenticated Users (S-1-5-11) may delete or rename it"},
      {"O:BAG:BAD:(A;;WD;;;S-1-5-19)", "LOCAL SERVICE (S-1-5-19) may change its access list"},
      {"O:BAG:BAD:(A;;WO;;;S-1-5-20)", "NETWORK SERVICE (S-1-5-20) may take ownership"},
      {"O:BAG:BAD:(A;;FA;;;S-1-15-2-1)", "ALL APPLICATION PACKAGES (S-1-15-2-1) may"},
      {"O:BAG:BAD:(A;;FA;;;S-1-3-1)", "S-1-3-1 may"}, /* CREATOR GROUP is not the owner */
      {"O:BAG:BAD:(A;;FA;;;" SOMEBODY ")", SOMEBODY " may"},
      {"O:BAG:BAD:(A;;FA;;;S-1-5-21-1-2-3-513)", "S-1-5-21-1-2-3-513 may"}, /* Domain Users */
      {"O:BAG:BAD:(D;;FA;;;WD)(A;;FA;;;WD)", "Everyone (S-1-1-0) may"},     /* a denial mends nothing */
      {"O:BAG:BAD:(A;CI;FA;;;BU)", "Users (S-1-5-32-545) may"}, /* inherited by others, but its own too */
      {"O:BAG:BA", "it has no access list, so everyone may do everything"},
      {"G:BAD:(A;;FA;;;BA)", "its owner or access list is invalid"}, /* no owner */
      {"O:" SOMEBODY "G:BAD:(A;;FA;;;BU)(A;;SD;;;WD)", SOMEBODY " owns it; Users (S-1-5-32-545) may"},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    for (int object = TRUST_FILE; object <= TRUST_LINK; object++)
      if (strstr(findings_in(cases[i].text, (trust_object_t)object), cases[i].found) == NULL)
        fail_msg("%s: found \"%s\"", cases[i].text, findings_in(cases[i].text, (trust_object_t)object));
}

/* Rights that change what is in a file or folder, but replace no folder on the way: C:\ lets users make
 * folders. */
static void what_others_can_add_to(void **state)
{
  static const struct {
    const char *right, *file, *folder;
  } cases[] = {
      {"0x2", "write data", "add files"},
      {"0x4", "append data", "add folders"},
      {"0x10", "write extended attributes", "write extended attributes"},
      {"0x100", "write attributes", "write attributes"},
      {"GW", "write", "write"},
  };
  char text[128], found[128];

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    snprintf(text, sizeof text, "O:BAG:BAD:(A;;%s;;;BU)", cases[i].right);
    snprintf(found, sizeof found, "Users (S-1-5-32-545) may %s", cases[i].file);
    assert_non_null(strstr(findings_in(text, TRUST_FILE), found));
    snprintf(found, sizeof found, "Users (S-1-5-32-545) may %s", cases[i].folder);
    assert_non_null(strstr(findings_in(text, TRUST_FOLDER), found));
    assert_non_null(strstr(findings_in(text, TRUST_LINK), found));
    assert_string_equal(findings_in(text, TRUST_ANCESTOR), "");
  }
  assert_non_null(strstr(findings_in("O:BAG:BAD:(A;;0x40;;;BU)", TRUST_ANCESTOR), "delete what is in it"));
}

/* The lists that Windows itself puts on C:\ and C:\ProgramData (Windows 10, icacls). */
static void windows_own_folders(void **state)
{
  (void)state;
  assert_string_equal(
      findings_in("O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:P(A;;0x4;;;AU)"
                  "(A;OICIIO;SDGXGWGR;;;AU)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)",
                  TRUST_ANCESTOR),
      "");
  const char *program_data = "O:SYG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICIIO;GA;;;S-1-3-0)"
                             "(A;OICI;0x1200a9;;;BU)(A;CI;0x116;;;BU)";
  assert_string_equal(findings_in(program_data, TRUST_ANCESTOR), "");
  /* A folder that inherits them, made by whoever came first. */
  assert_non_null(strstr(findings_in(program_data, TRUST_FOLDER), "Users (S-1-5-32-545) may add files"));
}

/* Kinds of entries that SDDL cannot write, and damaged ones. */
static void odd_entries(void **state)
{
  static const struct {
    BYTE type;
    int findings;
  } cases[] = {
      {ACCESS_ALLOWED_ACE_TYPE, 1},
      {ACCESS_ALLOWED_CALLBACK_ACE_TYPE, 1}, /* its condition is not weighed */
      {ACCESS_ALLOWED_COMPOUND_ACE_TYPE, 1},
      {ACCESS_DENIED_ACE_TYPE, 0},
      {ACCESS_DENIED_CALLBACK_ACE_TYPE, 0},
      {0x15, 0}, /* SYSTEM_ACCESS_FILTER_ACE_TYPE */
      {0x16, 1}, /* not known: could allow anything */
      {0xff, 1},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    PSECURITY_DESCRIPTOR descriptor = descriptor_of("O:BAG:BAD:(A;;FA;;;WD)");
    PACL list;
    BOOL present, defaulted;
    ACE_HEADER *ace;

    assert_true(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted));
    assert_true(GetAce(list, 0, (void **)&ace));
    ace->AceType = cases[i].type;
    assert_int_equal(descriptor_judge(descriptor, TRUST_FILE, NULL).count, cases[i].findings);
    ((SID *)&((ACCESS_ALLOWED_ACE *)ace)->SidStart)->SubAuthorityCount = 15; /* reaches out of the entry */
    assert_int_equal(descriptor_judge(descriptor, TRUST_FILE, NULL).count, cases[i].findings);
    LocalFree(descriptor);
  }
}

/* Object entries carry none, one or two GUIDs before the SID. Made by hand: Wine's functions cannot. */
static void object_entries(void **state)
{
  static const BYTE types[] = {ACCESS_ALLOWED_OBJECT_ACE_TYPE, ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE};

  (void)state;
  for (DWORD i = 0; i < 16; i++) {
    SECURITY_DESCRIPTOR descriptor;
    BYTE administrators[SECURITY_MAX_SID_SIZE], room[256] = {0}, entry[128] = {0};
    bool everyone = i & 4;
    ACCESS_ALLOWED_OBJECT_ACE *ace = (ACCESS_ALLOWED_OBJECT_ACE *)entry;
    DWORD size = sizeof administrators, offset = offsetof(ACCESS_ALLOWED_OBJECT_ACE, ObjectType);

    ace->Header.AceType = types[i >> 3];
    ace->Mask = FILE_ALL_ACCESS;
    ace->Flags = i & 3;
    offset += (ace->Flags & ACE_OBJECT_TYPE_PRESENT ? sizeof(GUID) : 0) +
              (ace->Flags & ACE_INHERITED_OBJECT_TYPE_PRESENT ? sizeof(GUID) : 0);
    assert_true(CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, administrators, &size));
    size = sizeof entry - offset;
    assert_true(CreateWellKnownSid(everyone ? WinWorldSid : WinBuiltinAdministratorsSid, NULL, entry + offset,
                                   &size));
    ace->Header.AceSize = (WORD)(offset + size);
    *(ACL *)room = (ACL){ACL_REVISION_DS, 0, (WORD)(sizeof(ACL) + offset + size), 1, 0};
    memcpy(room + sizeof(ACL), entry, offset + size);
    assert_true(InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION));
    assert_true(SetSecurityDescriptorOwner(&descriptor, administrators, FALSE));
    assert_true(SetSecurityDescriptorDacl(&descriptor, TRUE, (ACL *)room, FALSE));
    trust_findings_t findings = descriptor_judge(&descriptor, TRUST_FILE, NULL);
    assert_int_equal(findings.count, everyone);
    if (everyone) {
      assert_int_equal(findings.list[0].reason, TRUST_GRANT);
      assert_true(EqualSid(findings.list[0].sid, entry + offset));
    }
  }
}

static void only_the_first_findings_are_kept(void **state)
{
  PSECURITY_DESCRIPTOR descriptor = descriptor_of(
      "O:" SOMEBODY "G:BAD:(A;;SD;;;BU)(A;;0x2;;;BU)(A;;SD;;;WD)(A;;SD;;;AU)(A;;SD;;;LS)(A;;SD;;;NS)");
  trust_findings_t findings = descriptor_judge(descriptor, TRUST_FILE, NULL);

  (void)state;
  assert_int_equal(findings.count, TRUST_FINDINGS_MAX);
  assert_int_equal(findings.list[1].rights, DELETE | FILE_WRITE_DATA); /* once a SID */
  LocalFree(descriptor);
}

static void the_own_account(void **state)
{
  PSECURITY_DESCRIPTOR descriptor = descriptor_of("O:" SOMEBODY "G:BAD:(A;;FA;;;" SOMEBODY ")");
  PSID own;

  (void)state;
  assert_true(ConvertStringSidToSidA(SOMEBODY, &own));
  assert_int_equal(descriptor_judge(descriptor, TRUST_FILE, own).count, 0);
  LocalFree(own);
  assert_true(ConvertStringSidToSidA("S-1-5-21-1-2-3-1002", &own));
  assert_int_equal(descriptor_judge(descriptor, TRUST_FILE, own).count, 2);
  LocalFree(own);
  LocalFree(descriptor);
}

static void the_advice(void **state)
{
  static const struct {
    const char *text, *advice;
  } cases[] = {
      {"O:BAG:BAD:(A;;FA;;;BU)(A;;FA;;;WD)",
       "run as administrator: icacls \"C:\\P\" /inheritance:d & icacls \"C:\\P\" "
       "/remove:g *S-1-5-32-545 & icacls \"C:\\P\" /remove:g *S-1-1-0"},
      {"O:BUG:BAD:(A;;FA;;;BU)",
       "run as administrator: icacls \"C:\\P\" /setowner *S-1-5-32-544 & icacls \"C:\\P\" "
       "/inheritance:d & icacls \"C:\\P\" /remove:g *S-1-5-32-545"},
      {"O:BAG:BA", "run as administrator: icacls \"C:\\P\" /reset & icacls \"C:\\P\" /inheritance:r /grant:r "
                   "*S-1-5-18:(OI)(CI)F "
                   "*S-1-5-32-544:(OI)(CI)F *S-1-1-0:(OI)(CI)RX *S-1-15-2-1:(OI)(CI)RX"},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    trust_report_t report;
    PSECURITY_DESCRIPTOR descriptor = descriptor_of(cases[i].text);
    trust_findings_t findings = descriptor_judge(descriptor, TRUST_FOLDER, NULL);

    trust_report_findings(&report, &findings, TRUST_FOLDER, "C:\\P");
    assert_string_equal(report.advice, cases[i].advice);
    LocalFree(descriptor);
  }
}

/* What the installer makes, this accepts. */
static void the_installers_folders(void **state)
{
  PSECURITY_DESCRIPTOR descriptor;

  (void)state;
  assert_true(ConvertStringSecurityDescriptorToSecurityDescriptorW(acl_sddl(ACL_POLICIES), SDDL_REVISION_1,
                                                                   &descriptor, NULL));
  assert_int_equal(descriptor_judge(descriptor, TRUST_FOLDER, NULL).count, 0);
  assert_int_equal(descriptor_judge(descriptor, TRUST_FILE, NULL).count, 0);
  LocalFree(descriptor);
  assert_true(ConvertStringSecurityDescriptorToSecurityDescriptorW(acl_sddl(ACL_SETUP), SDDL_REVISION_1,
                                                                   &descriptor, NULL));
  assert_int_equal(descriptor_judge(descriptor, TRUST_ANCESTOR, NULL).count, 0);
  LocalFree(descriptor);
  /* And the test can fail: anybody may add files to the logs. */
  assert_true(ConvertStringSecurityDescriptorToSecurityDescriptorW(acl_sddl(ACL_LOGS), SDDL_REVISION_1,
                                                                   &descriptor, NULL));
  assert_int_not_equal(descriptor_judge(descriptor, TRUST_FOLDER, NULL).count, 0);
  LocalFree(descriptor);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_only_administrators_can_write),
      cmocka_unit_test(what_others_can_take_over),
      cmocka_unit_test(what_others_can_add_to),
      cmocka_unit_test(windows_own_folders),
      cmocka_unit_test(odd_entries),
      cmocka_unit_test(object_entries),
      cmocka_unit_test(only_the_first_findings_are_kept),
      cmocka_unit_test(the_own_account),
      cmocka_unit_test(the_advice),
      cmocka_unit_test(the_installers_folders),
  };

  return cmocka_run_group_tests_name("trust: descriptor", tests, NULL, NULL);
}
