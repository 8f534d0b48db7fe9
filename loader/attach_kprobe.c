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

static int kprobe_attach(const struct probe *probe, int prog_fd)
{
	int type = kprobe_pmu_type(), fd, error;

	if (type < 0)
		return type;
	fd = sys_kprobe_event(type, probe->unique ? probe->symbol : NULL,
			      probe->addr);
	if (fd < 0)
		return fd;
	if (ioctl(fd, PERF_EVENT_IOC_SET_BPF, prog_fd) ||
	    ioctl(fd, PERF_EVENT_IOC_ENABLE, 0)) {
		error = -errno;
		close(fd);
		return error;
	}
	return fd;
}

const struct attach_ops attach_kprobe = {
	.attach = kprobe_attach,
};
