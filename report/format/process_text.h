/* SPDX-License-Identifier: GPL-2.0-only */
/* Who has made a packet, and who has read it, in words and in JSON. */
#ifndef PROCESS_TEXT_H
#define PROCESS_TEXT_H

#include "format.h"
#include "jsonw.h"
#include "../path/path.h"

#include <stdio.h>

/* "  made by curl (4711) in sendto(5), socket 30714", a line, where it was made here. */
void process_print_maker(FILE *out, const struct path *p);

/* "  read by nc (4712) in recvfrom(3), socket 30715", a line, where a program read it. */
void process_print_reader(FILE *out, const struct data *data, const struct path *p);

/* The same as members "made_by" and "read_by" of the object, where they are known. */
void process_put(struct jsonw *w, const struct data *data, const struct path *p);

#endif /* PROCESS_TEXT_H */
