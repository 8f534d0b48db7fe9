// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <linux/bpf.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../loader/attach/kernel_consts.h"
#include "../../loader/kernel/map.h"
#include "../../loader/kernel/prog.h"
#include "../../loader/kernel/sys.h"
#include "../../loader/settings.h"
#include "../../loader/trace/read.h"
#include "run.h"

#define PINS	"/sys/fs/bpf"

/* One processor: an event's must be known. */
static void stay(void)
{
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(sysconf(_SC_NPROCESSORS_ONLN) - 1, &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus))
		err(1, "sched_setaffinity");
}

/*
 * A BPF file system, which goes with this process's mount namespace; in the network
 * namespace loopback is the only device, with index 1.
 */
static void set_up(void)
{
	static int is_up;

	if (is_up++)
		return;
	stay();
	if (unshare(CLONE_NEWNS | CLONE_NEWNET))
		err(1, "unshare");
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("bpf", PINS, "bpf", 0, NULL))
		err(1, PINS);
}

static const char *pins(const char *maps)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), PINS "/%s", maps);
	return path;
}

/* What programs are told of this kernel. */
static const struct consts *constants(void)
{
	static struct consts consts;
	struct btf_set *btfs;

	if (consts.count)
		return &consts;
	if (btfs_open(BTFS_DIR, &btfs) || kernel_consts(btfs, &consts))
		errx(1, "the kernel's constants");
	btfs_free(btfs);
	return &consts;
}

/* A program's line, taken apart. */
struct line {
	char *path;
	struct settings settings;
	struct device {
		uint32_t netns, ifindex;
	} devices[4];
	int device_count;
};

static void take_word(struct line *line, const char *word)
{
	struct device *device = &line->devices[line->device_count];

	if (sscanf(word, "device=%u/%u", &device->netns,
		   &device->ifindex) == 2)
		line->device_count++;
	else if (!strncmp(word, "filter=", 7) ?
			 settings_option(SETTINGS_FILTER, word + 7,
					 &line->settings) :
			 settings_option(SETTINGS_SET, word, &line->settings))
		errx(1, "%s: not known", word);
}

/* What is not said of a function is 0. */
static const char *const targets[] = {
#define TARGET(name)		#name,
#include "../../bpf/constants.def"
};

static void take_line(const char *text, uint32_t num, uint32_t stage,
		      struct line *line)
{
	const struct consts *known = constants();
	char *rest = strdup(text), *word;

	line->path = strsep(&rest, ",");
	for (uint32_t i = 0; i < known->count; i++)
		consts_set(&line->settings.consts, known->list[i].name,
			   known->list[i].value);
	for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++)
		consts_set(&line->settings.consts, targets[i], 0);
	while ((word = strsep(&rest, ",")))
		take_word(line, word);
	if (num)
		consts_set(&line->settings.consts, "kp_num", num);
	if (stage)
		consts_set(&line->settings.consts, "kp_stage", stage);
}

static void set_devices(const struct line *line, const struct bound *bound)
{
	const uint32_t one = 1;

	for (int i = 0; i < line->device_count; i++)
		if (sys_map_update(bound_map(bound, "devices"),
				   &line->devices[i], &one))
			errx(1, "devices");
}

static void open_object(const char *maps, const char *text, uint32_t num,
			uint32_t stage, uint32_t ring, struct bound *bound)
{
	struct line *line = calloc(1, sizeof(*line));
	struct binding binding;
	struct object *obj;

	take_line(text, num, stage, line);
	set_up();
	binding = settings_binding(&line->settings, pins(maps));
	binding.create = 1;
	if (mkdir(pins(maps), 0700) && errno != EEXIST)
		err(1, "%s", pins(maps));
	if (object_open(line->path, &obj))
		exit(1);
	if (ring)
		object_resize(obj, "events", ring);
	if (bound_bind(obj, &binding, bound))
		exit(1);
	set_devices(line, bound);
}

int run_load(const char *maps, const char *object, uint32_t num, uint32_t stage,
	     uint32_t ring)
{
	const struct target target = {};
	struct bound bound;
	int fd;

	open_object(maps, object, num, stage, ring, &bound);
	fd = prog_load(&bound, &target);
	bound_close(&bound);
	if (fd < 0)
		exit(1);
	return fd;
}

static int bpf(int cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

int run_load_call(const char *maps, const char *object, uint32_t num,
		  uint32_t stage)
{
	const struct target target = {};
	static char log[1 << 22];
	const struct obj_prog *prog;
	union bpf_attr attr = {};
	struct bound bound;
	int fd;

	open_object(maps, object, num, stage, 0, &bound);
	prog = &bound.obj->progs[0];
	if (prog_relocate(&bound, &target, prog->insns))
		errx(1, "%s: relocation", object);
	attr.prog_type = BPF_PROG_TYPE_SYSCALL;
	attr.prog_flags = BPF_F_SLEEPABLE;
	attr.insns = (uintptr_t)prog->insns;
	attr.insn_cnt = prog->insn_count;
	attr.license = (uintptr_t)bound.obj->license;
	fd = bpf(BPF_PROG_LOAD, &attr);
	if (fd < 0) {
		attr.log_level = 1;
		attr.log_buf = (uintptr_t)log;
		attr.log_size = sizeof(log);
		bpf(BPF_PROG_LOAD, &attr);
		errx(1, "%s: %s", object, log);
	}
	bound_close(&bound);
	return fd;
}

int run_map(const char *maps, const char *name)
{
	int fd = map_open(pins(maps), name);

	if (fd < 0)
		exit(1);
	return fd;
}

volatile struct state *run_state(const char *maps)
{
	int fd = run_map(maps, "state");
	void *at = mmap(NULL, sysconf(_SC_PAGESIZE), PROT_READ | PROT_WRITE,
			MAP_SHARED, fd, 0);

	if (at == MAP_FAILED)
		err(1, "state");
	close(fd);
	return at;
}

void run_clear(int map)
{
	uint64_t key[4];	/* as long as any is, and longer */

	while (!sys_map_next_key(map, NULL, key))
		if (sys_map_delete(map, key))
			errx(1, "a map's key does not go");
}

int run_frame(int prog, const void *frame, uint32_t len, uint32_t mark)
{
	struct __sk_buff context = { .mark = mark };
	static uint8_t out[1 << 12];
	union bpf_attr attr = {};

	attr.test.prog_fd = prog;
	attr.test.data_in = (uintptr_t)frame;
	attr.test.data_size_in = len;
	attr.test.data_out = (uintptr_t)out;
	attr.test.data_size_out = sizeof(out);
	attr.test.ctx_in = (uintptr_t)&context;
	attr.test.ctx_size_in = sizeof(context);
	if (bpf(BPF_PROG_TEST_RUN, &attr))
		err(1, "a classifier's run");
	if (attr.test.data_size_out != len || memcmp(out, frame, len))
		errx(1, "the classifier has changed the frame");
	return attr.test.retval;
}

void run_context(int prog, const void *context, uint32_t size)
{
	union bpf_attr attr = {};

	attr.test.prog_fd = prog;
	attr.test.ctx_in = (uintptr_t)context;
	attr.test.ctx_size_in = size;
	if (bpf(BPF_PROG_TEST_RUN, &attr))
		err(1, "a program's run");
}

#define MAX_EVENTS	256	/* that wait to be asked for */

static struct run_event events[MAX_EVENTS];
static int first, count;

static void keep_event(void *ctx, const struct event *event)
{
	(void)ctx;
	if (count == MAX_EVENTS)
		errx(1, "too many events");
	memcpy(&events[count++], event, sizeof(*events));
}

/* A reader for each directory of maps; there are few. */
static struct reader *reader_of(const char *maps)
{
	static struct {
		const char *maps;
		struct reader reader;
	} readers[4];
	int i = 0;

	while (readers[i].maps && strcmp(readers[i].maps, maps))
		if (++i == 4)
			errx(1, "too many rings");
	if (!readers[i].maps) {
		readers[i].maps = maps;
		readers[i].reader.event = keep_event;
		if (read_ring.open(&readers[i].reader, pins(maps)))
			exit(1);
	}
	return &readers[i].reader;
}

const struct run_event *run_event(const char *maps)
{
	struct reader *reader = reader_of(maps);

	if (first == count) {
		first = count = 0;
		if (read_ring.read(reader))
			errx(1, "the ring");
	}
	return first < count ? &events[first++] : NULL;
}

const struct run_event *run_next(const char *maps)
{
	const struct run_event *next = run_event(maps);

	if (!next)
		errx(1, "an event is missing");
	return next;
}

static void count_slot(void *ctx, const struct event *event)
{
	(void)event;
	++*(uint64_t *)ctx;
}

void run_slots(const char *maps, uint64_t *read, uint64_t *lost)
{
	struct reader reader = { .event = count_slot, .ctx = read };

	*read = 0;
	if (read_map.open(&reader, pins(maps)) || read_map.read(&reader) ||
	    read_map.lost(&reader, 0, lost))
		errx(1, "the slots");
	read_map.close(&reader);
}
