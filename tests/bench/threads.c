#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L
#endif
#include "threads.h"

#include <stdio.h>
#include <stdlib.h>

#if defined(_WIN32)
#include <windows.h>
#else
#include <pthread.h>
#include <time.h>
#endif

struct thread {
  void (*run)(void *context);
  void *context;
#if defined(_WIN32)
  HANDLE handle;
#else
  pthread_t handle;
#endif
};

#if defined(_WIN32)
static DWORD WINAPI enter(void *context)
{
  struct thread *thread = context;
  thread->run(thread->context);
  return 0;
}
#else
static void *enter(void *context)
{
  struct thread *thread = context;

  thread->run(thread->context);
  return NULL;
}
#endif

thread_t thread_start(void (*run)(void *context), void *context)
{
  struct thread *thread = malloc(sizeof *thread);

  if (thread != NULL) {
    thread->run = run;
    thread->context = context;
#if defined(_WIN32)
    thread->handle = CreateThread(NULL, 0, enter, thread, 0, NULL);
    if (thread->handle)
      return thread;
#else
    if (pthread_create(&thread->handle, NULL, enter, thread) == 0)
      return thread;
#endif
  }
  fputs("no thread can be had\n", stderr);
  exit(1);
}

void thread_join(thread_t thread)
{
#if defined(_WIN32)
  WaitForSingleObject(thread->handle, INFINITE);
  CloseHandle(thread->handle);
#else
  pthread_join(thread->handle, NULL);
#endif
  free(thread);
}

void thread_sleep(int milliseconds)
{
#if defined(_WIN32)
  Sleep((DWORD)milliseconds);
#else
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};

  nanosleep(&time, NULL);
#endif
}
