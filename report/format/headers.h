/* SPDX-License-Identifier: GPL-2.0-only */
/* What a packet's own bytes say, where the records have them (--bytes). */
#ifndef HEADERS_H
#define HEADERS_H

#include "../input/record.h"

#define HEADERS_ROOM	128	/* bytes */

const char *headers_describe(char buf[HEADERS_ROOM], const struct record *rec);
bool headers_question(char key[HEADERS_ROOM], bool *reply,
		      const struct record *rec);

#endif /* HEADERS_H */
