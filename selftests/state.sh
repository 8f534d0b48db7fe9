# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# state.sh: what a trace may leave on the machine, as text to compare.

PINS=/sys/fs/bpf/bpfpath
RUNS=/run/bpfpath

# shared_run: the name of the run that labs share (e2e/shared.sh), if there is one
shared_run()
{
	local pid

	{ read -r pid <"$BPFPATH_SHARED/pid"; } 2>/dev/null || return 0
	run_of "$pid"
}

# run_state: the pins of runs, and their notes; locks stay, and so does what labs
# share
run_state()
{
	local shared

	shared=$(shared_run)
	{
		find "$PINS" -mindepth 1 2>/dev/null | sort
		find "$RUNS/runs" "$RUNS/clsact" -mindepth 1 2>/dev/null | sort
	} | grep -vE "/${shared:-none}(/|\$)"
}

# run_of PID: the name of its run, in PINS and in RUNS/runs; fails when there is none
run_of()
{
	local file

	file=$(grep -lsx "$1" "$RUNS"/runs/*/pid) || return
	file=${file%/pid}
	echo "${file##*/}"
}

# left_of PID: its run, and pins of no run
left_of()
{
	local pins

	run_of "$1"
	for pins in "$PINS"/*; do
		[ ! -e "$pins" ] || [ -e "$RUNS/runs/${pins##*/}" ] ||
			echo "$pins"
	done
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

# machine_state: what no test may change
machine_state()
{
	run_state
	lab_names
	tc_state ''
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
