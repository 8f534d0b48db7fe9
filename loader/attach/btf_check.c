// SPDX-License-Identifier: GPL-2.0-only
#include "btf_check.h"

#include <err.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "trial.h"

#define MISSING_MOST	20	/* functions of 1000; another version has 200 or more */

static bool is_symbol(const struct ksyms *syms, const char *name)
{
	return ksyms_find_in(syms, name, "") ||
	       ksyms_find_suffixed_in(syms, name, "");
}

int btf_check_functions(const struct btf *btf, const struct ksyms *syms)
{
	uint64_t count = 0, missing = 0;

	for (uint32_t id = btf_first(btf); id < btf_end(btf); id++) {
		const struct btf_type *type = btf_type_by_id(btf, id);

		if (btf_kind(type) != KIND_FUNC)
			continue;
		count++;
		missing += !is_symbol(syms, btf_string(btf, type->name_off));
	}
	return count ? 1000 * missing / count : 1000;
}

/* What the kernel reads of a packet for programs, and where BTF has that. */
static const struct {
	const char *strct, *member;
	uint32_t ctx;
	int size;
} members[] = {
	{ "sk_buff", "len", offsetof(struct __sk_buff, len), 4 },
	{ "sk_buff", "mark", offsetof(struct __sk_buff, mark), 4 },
	{ "sk_buff", "priority", offsetof(struct __sk_buff, priority), 4 },
	{ "sk_buff", "protocol", offsetof(struct __sk_buff, protocol), 2 },
	{ "net_device", "ifindex", offsetof(struct __sk_buff, ifindex), 4 },
};

#define MEMBERS	(sizeof(members) / sizeof(*members))

static int refuse(const char *path, const char *what)
{
	warnx("--btf %s: is not of the kernel that runs: %s", path, what);
	return -EINVAL;
}

static int check_members(const struct btf *btf, const char *path)
{
	struct trial_read reads[MEMBERS];
	int err, dev = btf_member_offset(btf, "sk_buff", "dev");
	char what[80];

	for (size_t i = 0; i < MEMBERS; i++) {
		reads[i] = (struct trial_read){
			.at = btf_member_offset(btf, members[i].strct,
						members[i].member),
			.ctx = members[i].ctx,
			.size = members[i].size,
			.by = strcmp(members[i].strct, "sk_buff") ? dev : -1,
		};
		if (reads[i].at < 0 || dev < 0)
			return refuse(path, "it has no sk_buff, or no net_device");
	}
	err = trial_reads(reads, MEMBERS);
	if (err <= 0)
		return err;
	snprintf(what, sizeof(what), "%s.%s is at another place",
		 members[err - 1].strct, members[err - 1].member);
	return refuse(path, what);
}

static int check(const struct btf *btf, const struct ksyms *syms,
		 const char *path)
{
	int missing = btf_check_functions(btf, syms), err;
	char what[80];

	if (missing > MISSING_MOST) {
		snprintf(what, sizeof(what),
			 "%d of 100 functions in it are not there",
			 missing / 10);
		return refuse(path, what);
	}
	err = check_members(btf, path);
	if (err && err != -EINVAL)
		warnx("--btf %s: cannot be compared with the kernel that runs: %s",
		      path, strerror(-err));
	return err;
}

int btf_check(const struct btf_set *btfs, const char *symbols, const char *path)
{
	struct ksyms *syms;
	int err;

	if (!btfs_vmlinux(btfs)) {
		warnx("--btf %s: no BTF of a kernel", path);
		return -EINVAL;
	}
	err = ksyms_open(symbols, &syms);
	if (err)
		return err;
	err = check(btfs_vmlinux(btfs), syms, path);
	ksyms_free(syms);
	return err;
}
