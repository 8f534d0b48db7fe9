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
#include "sys.h"

#define KPROBE_PMU "/sys/bus/event_source/devices/kprobe/type"

int kprobe_pmu_type(void)
{
	FILE *file = fopen(KPROBE_PMU, "re");
	int type;

	if (!file)
		return -errno;
	if (fscanf(file, "%d", &type) != 1)
		type = -EINVAL;
	fclose(file);
	return type;
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
 * By address, where it is known: for a name, kernels before 6.2 walk through all
 * their symbols, and several functions may have it.
 */
static int kprobe_attach(int prog_fd, const struct probe *const *probes,
			 __u32 count)
{
	const struct probe *probe = probes[0];
	int type = kprobe_pmu_type(), event_fd, fd;

	(void)count;
	if (type < 0)
		return type;
	event_fd = sys_kprobe_event(type, probe->addr ? NULL : probe->symbol,
				    probe->addr);
	if (event_fd < 0)
		return event_fd;
	fd = ioctl(event_fd, PERF_EVENT_IOC_ENABLE, 0) ?
		     -errno :
		     set_program(event_fd, prog_fd);
	if (fd < 0)
		close(event_fd);
	return fd;
}

const struct attach_ops attach_kprobe = {
	.attach = kprobe_attach,
};
