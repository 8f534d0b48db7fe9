/* SPDX-License-Identifier: GPL-2.0-only */
/* What a packet's own bytes say, where the records have them (--bytes). */
#ifndef HEADERS_H
#define HEADERS_H

#include "../input/record.h"

#define HEADERS_ROOM	128	/* bytes */

/*
 * What the bytes add to addresses and ports: the flags and numbers of TCP, a
 * message of ARP. NULL: there are no bytes, or the packet is neither.
 */
const char *headers_describe(char buf[HEADERS_ROOM], const struct record *rec);

/*
 * Writes a key that is the same for a question and its answer; *reply: it is an answer.
 * Questions are a SYN and a request of ARP or neighbour discovery. False: the packet is
 * neither, or there are no bytes.
 */
bool headers_question(char key[HEADERS_ROOM], bool *reply,
		      const struct record *rec);

#endif /* HEADERS_H */
