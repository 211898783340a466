#include "bytes.h"

#include <string.h>

void bytes_copy(bytes_t *bytes, void *target, size_t size)
{
  size_t have = size < bytes->left ? size : bytes->left;

  memset(target, 0, size);
  if (!have)
    return;
  memcpy(target, bytes->at, have);
  bytes->at += have;
  bytes->left -= have;
}

uint8_t bytes_byte(bytes_t *bytes)
{
  uint8_t byte;

  bytes_copy(bytes, &byte, sizeof byte);
  return byte;
}

uint32_t bytes_word(bytes_t *bytes)
{
  uint32_t word;

  bytes_copy(bytes, &word, sizeof word);
  return word;
}

unsigned bytes_below(bytes_t *bytes, unsigned limit)
{
  return bytes_byte(bytes) % limit;
}

bool bytes_rarely(bytes_t *bytes, unsigned of)
{
  return bytes->left && bytes_below(bytes, of) == of - 1;
}
