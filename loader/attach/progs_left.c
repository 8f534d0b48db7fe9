// SPDX-License-Identifier: GPL-2.0-only
#include "progs_left.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMED	3	/* in a line; -v: all */

/* What kernel/bpf/verifier.c (bpf_check_attach_target()) and kernel/bpf/trampoline.c mean by it. */
static const char *reason(int err)
{
	switch (err) {
	case -ENOENT:
		return "without BTF the kernel lets nobody see how they return";
	case -EBUSY:
		return "an extension (freplace) stands in their place";
	case -E2BIG:
		return "too many probes are there already";
	case -ENOSPC:
		return "they are too many";
	case -EOPNOTSUPP:
		return "this kernel has no fexit";
	}
	return strerror(-err);
}

static void put_name(FILE *out, const struct prog_left *left, uint32_t count)
{
	fprintf(out, "%s'%s' (id %u)", count ? ", " : "", left->name, left->id);
}

/* Those with the reason of the first one, which it is. */
static void say_alike(struct prog_left *first, const struct prog_left *end, int verbose)
{
	uint32_t count = 0;
	int err = first->err, is_xdp = first->is_xdp;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	for (struct prog_left *it = first; out && it < end; it++) {
		if (it->err != err || it->is_xdp != is_xdp)
			continue;
		if (verbose || count < NAMED)
			put_name(out, it, count);
		count++;
		it->err = 0;
	}
	if (out && !verbose && count > NAMED)
		fprintf(out, " and %u more", count - NAMED);
	if (out && !fclose(out))
		warnx(is_xdp ? "no step: XDP program%s %s in front, what it drops is not seen: %s" :
			       "no step: BPF program%s %s: %s",
		      count == 1 ? "" : "s", text, reason(err));
	free(text);
}

void progs_left_say(struct progs *progs)
{
	struct prog_left *left = progs->left;

	for (size_t i = 0; i < progs->left_count && !progs->quiet; i++)
		if (left[i].err)
			say_alike(left + i, left + progs->left_count, progs->verbose);
	progs->left_count = 0;
}
