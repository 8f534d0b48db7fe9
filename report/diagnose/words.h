/* SPDX-License-Identifier: GPL-2.0-only */
/* Texts of data/verdicts.list with what their {WORDS} stand for. */
#ifndef WORDS_H
#define WORDS_H

#include "match.h"

#include <stdio.h>

void words_prose(FILE *out, const char *text, const struct match *m);
void words_commands(FILE *out, const char *text, const struct match *m);

#endif /* WORDS_H */
