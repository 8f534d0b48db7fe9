// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kprobes as perf events: the kernel makes the probe with the event and takes
 * it away when the last descriptor is closed, even if we are killed. See
 * perf_event_open(2) and kernel/events/core.c, perf_kprobe.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "attach.h"
#include "../kernel/sys.h"

#define KPROBE_PMU	"/sys/bus/event_source/devices/kprobe/type"
#define RETPROBE_BIT	"/sys/bus/event_source/devices/kprobe/format/retprobe"

/* The first number in a file of sysfs, or -errno. */
static int read_number(const char *path)
{
	FILE *file = fopen(path, "re");
	int number;

	if (!file)
		return -errno;
	if (fscanf(file, "%*[^0-9]") == EOF || fscanf(file, "%d", &number) != 1)
		number = -EINVAL;
	fclose(file);
	return number;
}

/* The PMU's type for kprobes, or -errno where the kernel has none (4.17). */
static int kprobe_pmu_type(void)
{
	return read_number(KPROBE_PMU);
}

/* Before Linux 5.15 there is no link; a link tells how often it was missed. */
static int set_program(int event_fd, int prog_fd)
{
	int fd = sys_link_perf(prog_fd, event_fd);

	if (fd >= 0) {
		close(event_fd);
		return fd;
	}
	if (ioctl(event_fd, PERF_EVENT_IOC_SET_BPF, prog_fd))
		return -errno;
	return event_fd;
}

/*
 * Attaches by address, where it is known: for a name, kernels before 6.2 walk through
 * all their symbols, and several functions may have that name.
 */
static int attach(int prog_fd, const struct probe *probe, uint64_t config)
{
	int type = kprobe_pmu_type(), event_fd, fd;

	if (type < 0)
		return type;
	event_fd = sys_kprobe_event(type, probe->addr ? NULL : probe->symbol,
				    probe->addr, config);
	if (event_fd < 0)
		return event_fd;
	fd = ioctl(event_fd, PERF_EVENT_IOC_ENABLE, 0) ?
		     -errno :
		     set_program(event_fd, prog_fd);
	if (fd < 0)
		close(event_fd);
	return fd;
}

static int kprobe_attach(int prog_fd, const struct probe *const *probes,
			 uint32_t count)
{
	(void)count;
	return attach(prog_fd, probes[0], 0);
}

static int kprobe_return_attach(int prog_fd, const struct probe *const *probes,
				uint32_t count)
{
	int bit = read_number(RETPROBE_BIT);

	(void)count;
	return bit < 0 ? bit : attach(prog_fd, probes[0], 1ULL << bit);
}

const struct attach_ops attach_kprobe = {
	.attach = kprobe_attach,
};

const struct attach_ops attach_kprobe_return = {
	.attach = kprobe_return_attach,
};
