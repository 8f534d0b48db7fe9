/* SPDX-License-Identifier: GPL-2.0-only */
/* Packets as they come, until one takes another way than the first one did. */
#ifndef UNTIL_H
#define UNTIL_H

#include "diff_cmd.h"

/* Packets of one direction at one hook. */
struct until_kind {
	const char *hook;
	struct side first;	/* its first packet, and those that are like it */
};

#define UNTIL_KINDS	8	/* of a few hooks both directions */

/* All zero but for print: nothing has come. */
struct until {
	diff_print_fn print;
	struct names names;
	struct until_kind kinds[UNTIL_KINDS];
	size_t count;
	char *there;		/* where the first packet of all goes to */
	struct until_kind *parted;	/* the kind of the packet in other, or NULL */
	struct side other;
	uint64_t compared;
};

extern const struct form until_form;	/* output->gathered: struct until */

enum diff_status until_print(struct until *u, const struct output *o);
void until_free(struct until *u);

#endif /* UNTIL_H */
