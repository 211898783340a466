/*
 * printer.h - printing in pieces to whoever asked for it.
 */
#ifndef SOCKWARDEN_PRINTER_H
#define SOCKWARDEN_PRINTER_H

typedef struct printer {
  void (*put)(void *context, const char *text);
  void *context;
} printer_t;

/* At most 600 bytes at a time. */
__attribute__((format(printf, 2, 3))) void printer_put(const printer_t *printer, const char *format, ...);

#endif
