/*
 * What -fstack-protector-strong calls, in the place of libssp-0.dll: a provider that imports that DLL loads
 * nowhere, and then no program has sockets. As Microsoft's own start code (__security_init_cookie,
 * __report_gsfailure): a value that differs from process to process, and an end at once where it was
 * overwritten, for the stack can no longer be trusted.
 */
#include <stdint.h>
#include <windows.h>

#ifndef FAST_FAIL_STACK_COOKIE_CHECK_FAILURE
#define FAST_FAIL_STACK_COOKIE_CHECK_FAILURE 2
#endif

uintptr_t __stack_chk_guard = (uintptr_t)UINT64_C(0x2b992ddfa23249d6);

void __stack_chk_fail(void) __attribute__((noreturn));

/* Runs when the image is loaded, before DllMain or main and before any protected function is entered:
 * nobody's frame holds the old value. Under the loader lock, so it only reads clocks and numbers; no lock, no
 * memory, no library. */
__attribute__((constructor, no_stack_protector)) static void choose(void)
{
  FILETIME now;
  LARGE_INTEGER count;
  GetSystemTimeAsFileTime(&now);
  QueryPerformanceCounter(&count);
  uint64_t mix = ((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime) ^ (uint64_t)count.QuadPart;
  mix ^= (uint64_t)GetCurrentProcessId() << 32 ^ GetCurrentThreadId() ^
         (uintptr_t)&now; /* where the stack lies */
  mix *= UINT64_C(0x9e3779b97f4a7c15);
  mix ^= mix >> 29;
  /* The lowest byte is zero, so that a string that runs over the end cannot write the value back. */
  __stack_chk_guard ^= (uintptr_t)mix;
  __stack_chk_guard &= ~(uintptr_t)0xff;
}

void __stack_chk_fail(void)
{
  if (IsProcessorFeaturePresent(PF_FASTFAIL_AVAILABLE))
    __asm__ __volatile__("int $0x29"
                         :
                         : "c"(FAST_FAIL_STACK_COOKIE_CHECK_FAILURE)
                         : "memory"); /* __fastfail */
  TerminateProcess(GetCurrentProcess(), (UINT)STATUS_STACK_BUFFER_OVERRUN);
  for (;;)
    ;
}
