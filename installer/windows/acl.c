#include "acl.h"

#include <aclapi.h>
#include <sddl.h>

#include "fault_injection.h"

/* S-1-15-2-1 is ALL APPLICATION PACKAGES, S-1-15-2-2 the restricted ones, S-1-3-4 OWNER RIGHTS: a log's
 * writer, who owns the file it made, gains nothing by that. 0x1200a9 is FILE_GENERIC_READ |
 * FILE_GENERIC_EXECUTE. On the log folder 0x1200a2 is adding files, traversing, reading attributes; on its
 * files 0x120084 is appending and reading attributes. */
static const WCHAR *const texts[] = {
    [ACL_POLICIES] = L"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;WD)"
                     L"(A;OICI;0x1200a9;;;S-1-15-2-1)(A;OICI;0x1200a9;;;S-1-15-2-2)",
    [ACL_LOGS] = L"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;;0x1200a2;;;WD)(A;;0x1200a2;;;S-1-15-2-1)"
                 L"(A;;0x1200a2;;;S-1-15-2-2)(A;OIIO;0x120084;;;WD)(A;OIIO;0x120084;;;S-1-15-2-1)"
                 L"(A;OIIO;0x120084;;;S-1-15-2-2)(A;OIIO;0x120084;;;S-1-3-4)",
    [ACL_SETUP] =
        L"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;WD)(A;OICI;0x1200a9;;;S-1-15-2-1)"
        L"(A;OICI;0x1200a9;;;S-1-15-2-2)",
    [ACL_DLL] = L"O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1200a9;;;WD)(A;;0x1200a9;;;S-1-15-2-1)"
                L"(A;;0x1200a9;;;S-1-15-2-2)",
};

const WCHAR *acl_sddl(acl_kind_t kind)
{
  return texts[kind];
}

/* Low-integrity processes could not write to a folder of medium integrity, whatever its access list. */
static void acl__lower_label(const WCHAR *path)
{
  PSECURITY_DESCRIPTOR descriptor;
  PACL label = NULL;
  BOOL present = FALSE, defaulted;

  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(L"S:(ML;OICI;NW;;;LW)", SDDL_REVISION_1,
                                                            &descriptor, NULL))
    return;
  if (GetSecurityDescriptorSacl(descriptor, &present, &label, &defaulted) && present)
    SetNamedSecurityInfoW((LPWSTR)(ULONG_PTR)path, SE_FILE_OBJECT, LABEL_SECURITY_INFORMATION, NULL, NULL,
                          NULL, label);
  LocalFree(descriptor);
}

DWORD acl_apply(const WCHAR *path, acl_kind_t kind)
{
  PSECURITY_DESCRIPTOR descriptor;
  PSID owner = NULL;
  PACL list = NULL;
  BOOL present, defaulted;
  int fault = fault_injection_step("SetNamedSecurityInfo");

  if (fault)
    return fault == FAULT_PRETEND ? 0 : (DWORD)fault;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(texts[kind], SDDL_REVISION_1, &descriptor, NULL))
    return GetLastError();
  GetSecurityDescriptorOwner(descriptor, &owner, &defaulted);
  GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted);
  LPWSTR name = (LPWSTR)(ULONG_PTR)path;
  /* Owner first: who owned a folder that was there before us could change its list back. An elevated
   * administrator may always give files to the administrators. */
  DWORD error =
      SetNamedSecurityInfoW(name, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, owner, NULL, NULL, NULL);
  if (!error)
    error = SetNamedSecurityInfoW(name, SE_FILE_OBJECT,
                                  DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, NULL, NULL,
                                  list, NULL);
  LocalFree(descriptor);
  if (!error && kind == ACL_LOGS)
    acl__lower_label(path);
  return error;
}

DWORD acl_make_folder(const WCHAR *path, acl_kind_t kind, bool *made)
{
  int fault = fault_injection_step("CreateDirectory");

  *made = false;
  if (fault > 0)
    return (DWORD)fault;
  if (CreateDirectoryW(path, NULL))
    *made = true;
  else if (GetLastError() != ERROR_ALREADY_EXISTS)
    return GetLastError();
  DWORD attributes = GetFileAttributesW(path);
  if (attributes == INVALID_FILE_ATTRIBUTES || !(attributes & FILE_ATTRIBUTE_DIRECTORY))
    return ERROR_DIRECTORY;
  /* A link that somebody laid here would carry our access list to another folder. */
  if (attributes & FILE_ATTRIBUTE_REPARSE_POINT)
    return ERROR_REPARSE_TAG_INVALID;
  return acl_apply(path, kind);
}
