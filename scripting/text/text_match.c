#include "text_match.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "policy.h"

/* Upper case to lower case for the Basic Multilingual Plane: Unicode 14's simple lowercase mappings, as runs
 * of {first, last, every n-th, distance to the lower-case character}. Generated from the Unicode Character
 * Database. */
static const struct {
  uint16_t first, last, stride;
  int32_t distance;
} lower_runs[] = {
    {0x0041, 0x005a, 1, 32},     {0x00c0, 0x00d6, 1, 32},     {0x00d8, 0x00de, 1, 32},
    {0x0100, 0x012e, 2, 1},      {0x0132, 0x0136, 2, 1},      {0x0139, 0x0147, 2, 1},
    {0x014a, 0x0176, 2, 1},      {0x0178, 0x0178, 1, -121},   {0x0179, 0x017d, 2, 1},
    {0x0181, 0x0181, 1, 210},    {0x0182, 0x0184, 2, 1},      {0x0186, 0x0186, 1, 206},
    {0x0187, 0x0187, 1, 1},      {0x0189, 0x018a, 1, 205},    {0x018b, 0x018b, 1, 1},
    {0x018e, 0x018e, 1, 79},     {0x018f, 0x018f, 1, 202},    {0x0190, 0x0190, 1, 203},
    {0x0191, 0x0191, 1, 1},      {0x0193, 0x0193, 1, 205},    {0x0194, 0x0194, 1, 207},
    {0x0196, 0x0196, 1, 211},    {0x0197, 0x0197, 1, 209},    {0x0198, 0x0198, 1, 1},
    {0x019c, 0x019c, 1, 211},    {0x019d, 0x019d, 1, 213},    {0x019f, 0x019f, 1, 214},
    {0x01a0, 0x01a4, 2, 1},      {0x01a6, 0x01a6, 1, 218},    {0x01a7, 0x01a7, 1, 1},
    {0x01a9, 0x01a9, 1, 218},    {0x01ac, 0x01ac, 1, 1},      {0x01ae, 0x01ae, 1, 218},
    {0x01af, 0x01af, 1, 1},      {0x01b1, 0x01b2, 1, 217},    {0x01b3, 0x01b5, 2, 1},
    {0x01b7, 0x01b7, 1, 219},    {0x01b8, 0x01b8, 1, 1},      {0x01bc, 0x01bc, 1, 1},
    {0x01c4, 0x01c4, 1, 2},      {0x01c5, 0x01c5, 1, 1},      {0x01c7, 0x01c7, 1, 2},
    {0x01c8, 0x01c8, 1, 1},      {0x01ca, 0x01ca, 1, 2},      {0x01cb, 0x01db, 2, 1},
    {0x01de, 0x01ee, 2, 1},      {0x01f1, 0x01f1, 1, 2},      {0x01f2, 0x01f4, 2, 1},
    {0x01f6, 0x01f6, 1, -97},    {0x01f7, 0x01f7, 1, -56},    {0x01f8, 0x021e, 2, 1},
    {0x0220, 0x0220, 1, -130},   {0x0222, 0x0232, 2, 1},      {0x023a, 0x023a, 1, 10795},
    {0x023b, 0x023b, 1, 1},      {0x023d, 0x023d, 1, -163},   {0x023e, 0x023e, 1, 10792},
    {0x0241, 0x0241, 1, 1},      {0x0243, 0x0243, 1, -195},   {0x0244, 0x0244, 1, 69},
    {0x0245, 0x0245, 1, 71},     {0x0246, 0x024e, 2, 1},      {0x0370, 0x0372, 2, 1},
    {0x0376, 0x0376, 1, 1},      {0x037f, 0x037f, 1, 116},    {0x0386, 0x0386, 1, 38},
    {0x0388, 0x038a, 1, 37},     {0x038c, 0x038c, 1, 64},     {0x038e, 0x038f, 1, 63},
    {0x0391, 0x03a1, 1, 32},     {0x03a3, 0x03ab, 1, 32},     {0x03cf, 0x03cf, 1, 8},
    {0x03d8, 0x03ee, 2, 1},      {0x03f4, 0x03f4, 1, -60},    {0x03f7, 0x03f7, 1, 1},
    {0x03f9, 0x03f9, 1, -7},     {0x03fa, 0x03fa, 1, 1},      {0x03fd, 0x03ff, 1, -130},
    {0x0400, 0x040f, 1, 80},     {0x0410, 0x042f, 1, 32},     {0x0460, 0x0480, 2, 1},
    {0x048a, 0x04be, 2, 1},      {0x04c0, 0x04c0, 1, 15},     {0x04c1, 0x04cd, 2, 1},
    {0x04d0, 0x052e, 2, 1},      {0x0531, 0x0556, 1, 48},     {0x10a0, 0x10c5, 1, 7264},
    {0x10c7, 0x10c7, 1, 7264},   {0x10cd, 0x10cd, 1, 7264},   {0x13a0, 0x13ef, 1, 38864},
    {0x13f0, 0x13f5, 1, 8},      {0x1c90, 0x1cba, 1, -3008},  {0x1cbd, 0x1cbf, 1, -3008},
    {0x1e00, 0x1e94, 2, 1},      {0x1e9e, 0x1e9e, 1, -7615},  {0x1ea0, 0x1efe, 2, 1},
    {0x1f08, 0x1f0f, 1, -8},     {0x1f18, 0x1f1d, 1, -8},     {0x1f28, 0x1f2f, 1, -8},
    {0x1f38, 0x1f3f, 1, -8},     {0x1f48, 0x1f4d, 1, -8},     {0x1f59, 0x1f5f, 2, -8},
    {0x1f68, 0x1f6f, 1, -8},     {0x1f88, 0x1f8f, 1, -8},     {0x1f98, 0x1f9f, 1, -8},
    {0x1fa8, 0x1faf, 1, -8},     {0x1fb8, 0x1fb9, 1, -8},     {0x1fba, 0x1fbb, 1, -74},
    {0x1fbc, 0x1fbc, 1, -9},     {0x1fc8, 0x1fcb, 1, -86},    {0x1fcc, 0x1fcc, 1, -9},
    {0x1fd8, 0x1fd9, 1, -8},     {0x1fda, 0x1fdb, 1, -100},   {0x1fe8, 0x1fe9, 1, -8},
    {0x1fea, 0x1feb, 1, -112},   {0x1fec, 0x1fec, 1, -7},     {0x1ff8, 0x1ff9, 1, -128},
    {0x1ffa, 0x1ffb, 1, -126},   {0x1ffc, 0x1ffc, 1, -9},     {0x2126, 0x2126, 1, -7517},
    {0x212a, 0x212a, 1, -8383},  {0x212b, 0x212b, 1, -8262},  {0x2132, 0x2132, 1, 28},
    {0x2160, 0x216f, 1, 16},     {0x2183, 0x2183, 1, 1},      {0x24b6, 0x24cf, 1, 26},
    {0x2c00, 0x2c2f, 1, 48},     {0x2c60, 0x2c60, 1, 1},      {0x2c62, 0x2c62, 1, -10743},
    {0x2c63, 0x2c63, 1, -3814},  {0x2c64, 0x2c64, 1, -10727}, {0x2c67, 0x2c6b, 2, 1},
    {0x2c6d, 0x2c6d, 1, -10780}, {0x2c6e, 0x2c6e, 1, -10749}, {0x2c6f, 0x2c6f, 1, -10783},
    {0x2c70, 0x2c70, 1, -10782}, {0x2c72, 0x2c72, 1, 1},      {0x2c75, 0x2c75, 1, 1},
    {0x2c7e, 0x2c7f, 1, -10815}, {0x2c80, 0x2ce2, 2, 1},      {0x2ceb, 0x2ced, 2, 1},
    {0x2cf2, 0x2cf2, 1, 1},      {0xa640, 0xa66c, 2, 1},      {0xa680, 0xa69a, 2, 1},
    {0xa722, 0xa72e, 2, 1},      {0xa732, 0xa76e, 2, 1},      {0xa779, 0xa77b, 2, 1},
    {0xa77d, 0xa77d, 1, -35332}, {0xa77e, 0xa786, 2, 1},      {0xa78b, 0xa78b, 1, 1},
    {0xa78d, 0xa78d, 1, -42280}, {0xa790, 0xa792, 2, 1},      {0xa796, 0xa7a8, 2, 1},
    {0xa7aa, 0xa7aa, 1, -42308}, {0xa7ab, 0xa7ab, 1, -42319}, {0xa7ac, 0xa7ac, 1, -42315},
    {0xa7ad, 0xa7ad, 1, -42305}, {0xa7ae, 0xa7ae, 1, -42308}, {0xa7b0, 0xa7b0, 1, -42258},
    {0xa7b1, 0xa7b1, 1, -42282}, {0xa7b2, 0xa7b2, 1, -42261}, {0xa7b3, 0xa7b3, 1, 928},
    {0xa7b4, 0xa7c2, 2, 1},      {0xa7c4, 0xa7c4, 1, -48},    {0xa7c5, 0xa7c5, 1, -42307},
    {0xa7c6, 0xa7c6, 1, -35384}, {0xa7c7, 0xa7c9, 2, 1},      {0xa7d0, 0xa7d0, 1, 1},
    {0xa7d6, 0xa7d8, 2, 1},      {0xa7f5, 0xa7f5, 1, 1},      {0xff21, 0xff3a, 1, 32},
};

static uint32_t text_match__fold(uint32_t c)
{
  if (c < 0x80)
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  size_t low = 0, high = sizeof lower_runs / sizeof lower_runs[0];
  while (low < high) {
    size_t middle = (low + high) / 2;

    if (c > lower_runs[middle].last)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == sizeof lower_runs / sizeof lower_runs[0] || c < lower_runs[low].first ||
      (c - lower_runs[low].first) % lower_runs[low].stride)
    return c;
  return c + (uint32_t)lower_runs[low].distance;
}

/* The next character, folded, and *text moved past it; 0 at the end. A byte that is not UTF-8 stands for
 * itself, out of Unicode's range, so that damaged names still compare byte by byte. */
static uint32_t text_match__next(const char **text)
{
  const unsigned char *s = (const unsigned char *)*text;
  uint32_t c = s[0];
  size_t length = c < 0x80                ? 1
                  : c >= 0xf0 && c < 0xf5 ? 4
                  : c >= 0xe0 && c < 0xf0 ? 3
                  : c >= 0xc2 && c < 0xe0 ? 2
                                          : 0;

  if (c == 0)
    return 0;
  if (length > 1)
    c &= 0x7fu >> length;
  for (size_t i = 1; i < length; i++) {
    if ((s[i] & 0xc0) != 0x80) {
      length = 0;
      break;
    }
    c = c << 6 | (s[i] & 0x3f);
  }
  /* Overlong forms, surrogates and what lies beyond Unicode. */
  if ((length == 3 && (c < 0x800 || (c >= 0xd800 && c < 0xe000))) ||
      (length == 4 && (c < 0x10000 || c > 0x10ffff)))
    length = 0;
  if (length == 0) {
    (*text)++;
    return 0x110000 + s[0];
  }
  *text += length;
  return text_match__fold(c);
}

static uint32_t text_match__next_in_path(const char **text)
{
  uint32_t c = text_match__next(text);

  return c == '/' ? '\\' : c;
}

bool text_same(const char *a, const char *b)
{
  for (;;) {
    uint32_t ca = text_match__next(&a), cb = text_match__next(&b);

    if (ca != cb)
      return false;
    if (ca == 0)
      return true;
  }
}

/* Greedy with one restart point: only the last `*` seen can need to take more, so the time is bounded by the
 * product of the lengths. */
bool text_glob(const char *pattern, const char *text)
{
  const char *star = NULL, *star_text = NULL;

  while (*text) {
    const char *p = pattern, *t = text;

    if (*p == '*') {
      star = ++pattern;
      star_text = text;
      continue;
    }
    if (*p == '?' ? (text_match__next(&t), p++, true)
                  : (*p && text_match__next_in_path(&p) == text_match__next_in_path(&t))) {
      pattern = p;
      text = t;
      continue;
    }
    if (star == NULL)
      return false;
    pattern = star;
    text_match__next(&star_text);
    text = star_text;
  }
  while (*pattern == '*')
    pattern++;
  return *pattern == 0;
}

void text_cut(char *text)
{
  size_t length = strlen(text), start = length;

  while (start && length - start < 3 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
    start--;
  if (!start)
    return;
  unsigned char first = (unsigned char)text[start - 1];
  size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  if (length - (start - 1) < wanted)
    text[start - 1] = 0;
}

void text_copy(char *target, size_t size, const char *text)
{
  size_t length = strlen(text);
  bool cut = length >= size;

  if (cut)
    length = size - 1;
  memcpy(target, text, length);
  target[length] = 0;
  if (cut)
    text_cut(target);
}

bool text_has_separator(const char *text)
{
  return strpbrk(text, "/\\") != NULL;
}

size_t policy_utf8_length(const char *text)
{
  static const struct {
    unsigned char first, last, second_least, second_most;
    size_t length;
  } forms[] = {
      {0x00, 0x7f, 0x00, 0xff, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
      {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
      {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
  };
  const unsigned char *c = (const unsigned char *)text;

  for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
    if (c[0] < forms[i].first || c[0] > forms[i].last)
      continue;
    if (forms[i].length > 1 && (c[1] < forms[i].second_least || c[1] > forms[i].second_most))
      return 0;
    for (size_t next = 2; next < forms[i].length; next++)
      if ((c[next] & 0xc0) != 0x80)
        return 0;
    return forms[i].length;
  }
  return 0;
}
