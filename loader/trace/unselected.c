// SPDX-License-Identifier: GPL-2.0-only
#include "unselected.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../bpf/passed.h"
#include "../kernel/map.h"
#include "../kernel/per_cpu.h"
#include "../kernel/prog.h"
#include "../kernel/sys.h"

/* include/trace/events/net.h: their one argument is the packet. By the constant egress. */
static const char *const tracepoints[] = { "netif_receive_skb", "net_dev_queue" };

/* A link, or -errno. */
static int attach(const struct bound *bound, int egress)
{
	struct target target = {};
	int fd = consts_set(&target.consts, "egress", egress), link;

	if (!fd)
		fd = prog_load(bound, &target);
	consts_free(&target.consts);
	if (fd < 0)
		return fd;
	link = sys_raw_tracepoint(tracepoints[egress], fd);
	close(fd);
	return link;
}

static int attach_both(struct unselected *unselected, const char *path,
		       const struct binding *binding)
{
	struct bound bound;
	int ret = bound_open(path, binding, &bound);

	if (ret)
		return ret;
	for (int egress = 0; ret >= 0 && egress < 2; egress++) {
		ret = attach(&bound, egress);
		if (ret >= 0)
			unselected->links[egress] = ret;
	}
	bound_close(&bound);
	return ret < 0 ? ret : 0;
}

void unselected_begin(struct unselected *unselected, const char *objects,
		      const struct binding *binding)
{
	uint64_t have_layout = 0;
	char *path;
	int err;

	if (consts_get(binding->consts, "have_layout", &have_layout) || !have_layout)
		return;
	if (asprintf(&path, "%s/unselected.o", objects) < 0)
		return;
	err = attach_both(unselected, path, binding);
	if (err) {
		warnx("packets that are not selected cannot be counted: %s",
		      strerror(-err));
		unselected_end(unselected);
	}
	free(path);
}

void unselected_end(struct unselected *unselected)
{
	for (int i = 0; i < 2; i++) {
		if (unselected->links[i])
			close(unselected->links[i]);
		unselected->links[i] = 0;
	}
}

static void put_line(FILE *out, const char *what, const struct passed_at *at,
		     const char *name, uint64_t packets, const char *mark)
{
	if (packets)
		fprintf(out, "%s\t%s\t%" PRIu32 "\t%" PRIu32 "\t%.*s\t%" PRIu64 "\t%s\n",
			what, at->egress ? "out" : "in", at->netns, at->ifindex, NAME_LEN,
			name, packets, mark);
}

void unselected_line(FILE *out, const char *what, uint64_t packets)
{
	if (packets)
		fprintf(out, "%s\t-\t-\t-\t-\t%" PRIu64 "\t-\n", what, packets);
}

static void put_passed(FILE *out, const struct passed_at *at,
		       const struct passed *passed)
{
	char mark[24];

	snprintf(mark, sizeof(mark), "0x%" PRIx64, (uint64_t)passed->mark);
	put_line(out, "passed", at, passed->name, passed->seen, "-");
	put_line(out, "matched", at, passed->name, passed->matched, "-");
	put_line(out, "mark", at, passed->name, passed->but_mark, mark);
	put_line(out, "inner", at, passed->name, passed->but_inner, "-");
	put_line(out, "skb", at, passed->name, passed->but_skb, "-");
}

static int write_passed(const char *dir, FILE *out)
{
	struct passed_at at, *last = NULL;
	struct passed passed;
	int fd = map_open(dir, "passed");

	if (fd < 0)
		return fd;
	while (!sys_map_next_key(fd, last, &at)) {
		last = &at;
		if (!sys_map_lookup(fd, &at, &passed))
			put_passed(out, &at, &passed);
	}
	close(fd);
	return 0;
}

static int write_skipped(const char *dir, FILE *out)
{
	int cpus = per_cpu_count(), fd = map_open(dir, "passed_limit");
	struct passed_limit *limits = calloc(cpus, sizeof(*limits));
	const uint32_t key = 0;
	uint64_t skipped = 0;
	int err = fd < 0 ? fd : -ENOMEM;

	if (fd >= 0 && limits)
		err = sys_map_lookup(fd, &key, limits);
	for (int i = 0; !err && i < cpus; i++)
		skipped += limits[i].skipped;
	unselected_line(out, "skipped", skipped);
	if (fd >= 0)
		close(fd);
	free(limits);
	return err;
}

int unselected_write(const char *dir, FILE *out)
{
	int err = write_passed(dir, out);

	return err ? err : write_skipped(dir, out);
}
