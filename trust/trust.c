#include "trust.h"

#include <stdbool.h>
#include <stdlib.h>

#include "principal.h"

/* GetVolumeInformationByHandleW came with Vista; what cannot be asked is taken to have lists. */
static bool trust__has_lists(HANDLE handle)
{
  typedef BOOL(WINAPI * volume_fn)(HANDLE, LPWSTR, DWORD, LPDWORD, LPDWORD, LPDWORD, LPWSTR, DWORD);
  volume_fn volume =
      (volume_fn)(void *)GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "GetVolumeInformationByHandleW");
  DWORD flags = 0;

  return volume == NULL || !volume(handle, NULL, 0, NULL, NULL, &flags, NULL, 0) ||
         flags & FILE_PERSISTENT_ACLS;
}

static trust_findings_t trust__judge_descriptor(PSECURITY_DESCRIPTOR descriptor, trust_object_t object)
{
  trust_findings_t findings = descriptor_judge(descriptor, object, NULL);
  BYTE own[SECURITY_MAX_SID_SIZE];

  /* The process's own account is asked for only where it could matter. */
  return findings.count && principal_own_administrator(own) ? descriptor_judge(descriptor, object, own)
                                                            : findings;
}

trust_status_t trust_judge_handle(HANDLE handle, trust_object_t object, const char *path,
                                  trust_report_t *report)
{
  const SECURITY_INFORMATION wanted = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
  trust_status_t status = TRUST_OK;
  DWORD size = 0;

  if (!trust__has_lists(handle))
    return TRUST_NO_LISTS;
  GetKernelObjectSecurity(handle, wanted, NULL, 0, &size);
  PSECURITY_DESCRIPTOR descriptor = malloc(size ? size : 1);
  if (descriptor == NULL) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return TRUST_FAILED;
  }
  if (!size || !GetKernelObjectSecurity(handle, wanted, descriptor, size, &size)) {
    trust_report_problem(report, "cannot read the owner and access list of \"%s\" (error %lu)", path,
                         GetLastError());
    status = TRUST_WRITABLE;
    goto cleanup_descriptor;
  }
  trust_findings_t findings = trust__judge_descriptor(descriptor, object);
  if (findings.count) {
    trust_report_findings(report, &findings, object, path);
    status = TRUST_WRITABLE;
  }
cleanup_descriptor:
  free(descriptor);
  return status;
}
