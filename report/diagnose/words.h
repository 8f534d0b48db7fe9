/* SPDX-License-Identifier: GPL-2.0-only */
/* Prints texts of data/verdicts.list with their {WORDS} replaced. */
#ifndef WORDS_H
#define WORDS_H

#include "match.h"

#include <stdio.h>

/* Prints a sentence, with a general word for a {WORD} that is not known. */
void words_prose(FILE *out, const char *text, const struct match *m);

/* Prints those commands of which all words are known. */
void words_commands(FILE *out, const char *text, const struct match *m);

#endif /* WORDS_H */
