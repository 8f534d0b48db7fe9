/* SPDX-License-Identifier: GPL-2.0-only */
/* Programs: from an object and a directory of pinned maps into the kernel. */
#ifndef PROG_H
#define PROG_H

#include <stdint.h>

#include "map.h"

/* An object that is bound, to be loaded once or many times. */
struct bound {
	struct object *obj;
	int *map_fds;		/* by obj->maps */
	const struct consts *consts;
	int whole_log;		/* struct binding */
};

/* What a program is loaded for, as far as it has to know. */
struct target {
	struct consts consts;	/* of its own (bpf/constants.def, TARGET) */
	uint32_t btf_id;	/* "fentry/…": the function … */
	int btf_fd;		/* … in this module's BTF; 0: of vmlinux */
	uint32_t session_id;	/* "kprobe.session/…": SESSION_FUNC in vmlinux */
};

/*
 * Links the object, which becomes bound_close()'s to free, and binds it to maps and
 * constants. 0 or -errno, and has said why; then nothing is left open. bound_open()
 * opens the object file first. bound_close() takes an all-zero one, too.
 */
int bound_bind(struct object *obj, const struct binding *binding,
	       struct bound *bound);
int bound_open(const char *path, const struct binding *binding,
	       struct bound *bound);
void bound_close(struct bound *bound);

/* The descriptor of the object's map of that name, or -ENOENT. */
int bound_map(const struct bound *bound, const char *name);

/*
 * Loads the first program of @bound, from several threads if need be. Its section says
 * what it is: "classifier" or "tc", "kprobe/…", "kprobe.multi/…", "kprobe.session/…",
 * "fentry/…", "fexit/…", "raw_tracepoint/…" or "raw_tp/…". A descriptor; or -errno, and
 * has said why, with the end of the verifier's log where that refused. Of an fentry
 * program nothing is said: the function may be the reason.
 */
int prog_load(const struct bound *bound, const struct target *target);

/*
 * Does the kernel take any program there? Loads one that does nothing, for the place for
 * which prog_load() loads @bound. 0 or -errno.
 */
int prog_try(const struct bound *bound, const struct target *target);

/*
 * Writes what the program refers to into @insns, a copy of its instructions. As
 * reloc_apply().
 */
int prog_relocate(const struct bound *bound, const struct target *target,
		  struct bpf_insn *insns);

#endif /* PROG_H */
