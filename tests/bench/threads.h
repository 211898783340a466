/* threads.h - threads, as little of them as the benchmarks need. */
#ifndef SOCKWARDEN_BENCH_THREADS_H
#define SOCKWARDEN_BENCH_THREADS_H

typedef struct thread *thread_t;

/* Exits the program where there is no thread to be had. */
thread_t thread_start(void (*run)(void *context), void *context);
void thread_join(thread_t thread);
void thread_sleep(int milliseconds);

#endif
