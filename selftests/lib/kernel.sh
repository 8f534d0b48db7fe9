# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# kernel.sh: what the running kernel can do; sourced by lib.sh.

# in_guest: succeeds when the runner has started a guest for this file
in_guest()
{
	[ "$BPFPATH_GUEST" ]
}

has_kprobes()
{
	[ -e /sys/bus/event_source/devices/kprobe/type ]
}

# since MAJOR MINOR: succeeds when the running kernel is of that version or newer
since()
{
	local major minor

	IFS=.- read -r major minor _ < <(uname -r)
	[ $((major * 1000 + minor)) -ge $(($1 * 1000 + $2)) ]
}

# has_reasons: succeeds when this kernel gives drops a reason
has_reasons()
{
	since 5 17
}

# has_tcx: packets can be selected by tcx (Linux 6.6)
has_tcx()
{
	grep -q '^select  tcx  *yes' <("$TOP/bpfpath.sh" check)
}
