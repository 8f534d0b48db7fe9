# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# state.sh: what a trace may leave on the machine, as text to compare.

PINS=/sys/fs/bpf/bpfpath
RUNS=/run/bpfpath

# run_state: the pins of runs, and their notes; locks stay
run_state()
{
	find "$PINS" -mindepth 1 2>/dev/null | sort
	find "$RUNS" -mindepth 1 -path '*/[0-9]*' 2>/dev/null | sort
}

# tc_state [NETNS]: the clsact qdiscs and the filters on them
tc_state()
{
	local dev hook in=()

	[ -z "$1" ] || in=(nsenter "--net=/run/netns/$1" --)
	"${in[@]}" tc qdisc show | grep clsact | while read -r line; do
		echo "$line"
		dev=$(awk '{ for (i = 1; i < NF; i++)
			if ($i == "dev") print $(i + 1) }' <<<"$line")
		for hook in ingress egress; do
			"${in[@]}" tc filter show dev "$dev" "$hook" |
				sed "s/^/$dev $hook /"
		done
	done || true
}

# lab_names: the namespaces of labs
lab_names()
{
	find /run/netns -name 'bpfpath-*' -printf '%f\n' 2>/dev/null | sort
}

# tagged_processes TAG: the pids of the processes that began with
# BPFPATH_TEST=TAG in their environment
tagged_processes()
{
	local file

	grep -lsz "^BPFPATH_TEST=$1\$" /proc/[0-9]*/environ |
	while read -r file; do
		file=${file#/proc/}
		echo "${file%/environ}"
	done || true
}
