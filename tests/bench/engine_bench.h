/*
 * engine_bench.h - the parts of engine_bench. Each measures one group of figures and prints it.
 */
#ifndef SOCKWARDEN_BENCH_ENGINE_BENCH_H
#define SOCKWARDEN_BENCH_ENGINE_BENCH_H

#include "bench.h"

void bench_rules(
    const bench_options_t *options); /* decisions by rules, many and few, of this process and others */
void bench_functions(const bench_options_t *options); /* on_socket against a bare lua_pcall */
void bench_by_hand(const bench_options_t *options);   /* the rules as hand-written Lua */
void bench_load(const bench_options_t *options);      /* first decision, memory, reload and its pause */
void bench_threads(const bench_options_t *options);   /* 1 to 8 threads */

#endif
