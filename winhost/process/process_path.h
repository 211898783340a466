/*
 * process_path.h - where the program of this process lies.
 */
#ifndef SOCKWARDEN_WINHOST_PROCESS_PATH_H
#define SOCKWARDEN_WINHOST_PROCESS_PATH_H

/* Its full path in UTF-8: long names, links followed, no \\?\ in front. As much of that as the system tells;
 * the caller frees it. NULL where not even the path can be had or memory is short. */
char *process_path(void);

#endif
