/* SPDX-License-Identifier: GPL-2.0-only */
/* Texts of data/verdicts.list with what their {WORDS} stand for. */
#ifndef WORDS_H
#define WORDS_H

#include "match.h"

#include <stdio.h>

/* Prints a sentence: what is not known has a general word. */
void words_prose(FILE *out, const char *text, const struct match *m);

/* Prints those commands of which all words are known. */
void words_commands(FILE *out, const char *text, const struct match *m);

#endif /* WORDS_H */
