// SPDX-License-Identifier: GPL-2.0-only
#include "mechanisms.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <linux/magic.h>
#include <unistd.h>

#include "../kernel/kconfig.h"
#include "../kernel/rights.h"
#include "../lib/tracefs.h"
#include "trial.h"

static int has_btf(void)
{
	return access("/sys/kernel/btf/vmlinux", R_OK) ? -errno : 0;
}

static int is_mounted(const char *path, long magic)
{
	struct statfs fs;

	if (statfs(path, &fs))
		return -errno;
	return fs.f_type == magic ? 0 : -ENODEV;
}

static int has_bpffs(void)
{
	return is_mounted("/sys/fs/bpf", BPF_FS_MAGIC);
}

static int has_tracefs(void)
{
	int err = is_mounted(TRACEFS, TRACEFS_MAGIC);

	if (err && !is_mounted(TRACEFS_OLD, TRACEFS_MAGIC))
		return 0;
	return err;
}

const struct mechanism mechanisms[] = {
	{ "attach", "kprobe", trial_kprobe,
	  { "CONFIG_KPROBES", "CONFIG_KPROBE_EVENTS", "CONFIG_BPF_EVENTS" },
	  "5.5", "every function of the list" },
	{ "attach", "multi", trial_multi,
	  { "CONFIG_FPROBE", "CONFIG_KPROBES", "CONFIG_BPF_EVENTS" },
	  "5.18", "every function, attached at once" },
	{ "attach", "fentry", trial_fentry,
	  { "CONFIG_FUNCTION_TRACER", "CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS",
	    "CONFIG_DEBUG_INFO_BTF", "CONFIG_BPF_JIT" },
	  "5.5", "every function, at the least cost" },
	{ "attach", "tracepoint", trial_tracepoint,
	  { "CONFIG_TRACEPOINTS", "CONFIG_BPF_EVENTS" },
	  "5.5", "the packet's hops and its end" },
	{ "read", "ring", trial_ringbuf, { "CONFIG_BPF_SYSCALL" },
	  "5.8", "events as they happen" },
	{ "read", "map", trial_array, { "CONFIG_BPF_SYSCALL" },
	  "5.5", "events from an array" },
	{ "read", "pipe", trial_printk, { "CONFIG_BPF_EVENTS", "CONFIG_FTRACE" },
	  "5.5", "functions and times in trace_pipe" },
	{ "select", "clsact", trial_classifier,
	  { "CONFIG_NET_CLS_BPF", "CONFIG_NET_SCH_INGRESS" },
	  "4.5", "packets at interfaces, by a classifier of tc" },
	{ "select", "tcx", trial_tcx, { "CONFIG_NET_XGRESS" },
	  "6.6", "the same, before all filters of tc and all programs there" },
	{ "select", "receive", trial_receive,
	  { "CONFIG_TRACEPOINTS", "CONFIG_BPF_EVENTS", "CONFIG_DEBUG_INFO_BTF" },
	  "5.5", "packets of all interfaces, before tc" },
	{ "needs", "BTF", has_btf, { "CONFIG_DEBUG_INFO_BTF" },
	  "5.4", "interfaces, namespaces, drop reasons" },
	{ "needs", "bpffs", has_bpffs, { "CONFIG_BPF_SYSCALL" },
	  "4.4", "keeps the maps of a run" },
	{ "needs", "tracefs", has_tracefs, { "CONFIG_FTRACE" },
	  "4.1", "for -r pipe" },
};

const size_t mechanism_count = sizeof(mechanisms) / sizeof(*mechanisms);

/* The options that are off; 0 when none is, or nothing is known of them. */
static size_t missing_options(const struct mechanism *mechanism, char *why,
			      size_t size)
{
	size_t used = 0, count = 0;
	char value[64];

	for (int i = 0; i < 4 && mechanism->options[i] && used < size; i++) {
		if (kconfig_get(mechanism->options[i], value, sizeof(value)) ||
		    strcmp(value, "n"))
			continue;
		used += snprintf(why + used, size - used, "%s%s",
				 count++ ? ", " : "", mechanism->options[i]);
	}
	if (used && used < size)
		snprintf(why + used, size - used, " %s off in this kernel",
			 count > 1 ? "are" : "is");
	return used;
}

/* What is not there is not permitted, either: fentry without function tracer. */
static void no_right(const struct mechanism *mechanism, char *why, size_t size)
{
	char cause[128], options[128];

	if (rights_explain("/proc/self", "/sys/kernel/security", cause,
			   sizeof(cause)) ||
	    !missing_options(mechanism, options, sizeof(options)))
		snprintf(why, size, "%s", cause);
	else
		snprintf(why, size, "%s", options);
}

static void explain(const struct mechanism *mechanism, int err, char *why,
		    size_t size)
{
	if ((err == -EPERM || err == -EACCES) && geteuid())
		snprintf(why, size, "not permitted: run as root");
	else if (err == -EPERM || err == -EACCES)
		no_right(mechanism, why, size);
	else if (err == -EADDRNOTAVAIL)
		snprintf(why, size, "the kernel hides the addresses of its functions "
			 "(lacks CAP_SYSLOG, or kernel.kptr_restrict is 2)");
	else if (missing_options(mechanism, why, size))
		return;
	else if (err == -ENODEV)
		snprintf(why, size, "not mounted; a run that needs it mounts it");
	else
		snprintf(why, size, "%s; needs Linux %s or newer",
			 strerror(-err), mechanism->since);
}

int mechanism_usable(const struct mechanism *mechanism, char *why, size_t size)
{
	int err = mechanism->trial();

	if (err)
		explain(mechanism, err, why, size);
	return !err;
}
