# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# runs.sh: what belongs to a run, sourced by bpfpath.sh. Every run has a
# directory below /run/bpfpath/runs, which notes what it has done to the machine
# before it does it, and one below /sys/fs/bpf/bpfpath for its pins. A lock in
# the former is held as long as the driver lives: one that can be taken
# belongs to a run that was killed.

STATE=/run/bpfpath
RUNS=$STATE/runs
PIN_ROOT=/sys/fs/bpf/bpfpath

RUN=		# this run's directory
PINS=		# … and its pins
LOCK_FD=	# held until this shell ends …
PIPE_FD=	# … as is this one, of a run that reads trace_pipe

# Nobody may judge a run to be dead between its directory and its lock.
state_lock()
{
	[ -d "$RUNS" ] || (umask 077; exec mkdir -p "$RUNS")
	exec {STATE_FD}>"$STATE/lock"
	flock "$STATE_FD"
}

state_unlock()
{
	exec {STATE_FD}>&-
}

# run_open: removes what killed runs have left. The run's directories have a name that
# nobody else has. A process id is not enough: containers that share /run have the
# same ones.
run_open()
{
	state_lock
	remove_dead || true
	RUN=$(mktemp -d "$RUNS/XXXXXXXX")
	PINS=$PIN_ROOT/${RUN##*/}
	exec {LOCK_FD}>"$RUN/lock"
	flock -n "$LOCK_FD"
	echo $$ >"$RUN/pid"
	[ -d "$PIN_ROOT" ] || (umask 077; exec mkdir -p "$PIN_ROOT")
	(umask 077; exec mkdir "$PINS")
	mkfifo "$RUN/netdevs" "$RUN/records" "$RUN/ready"
	state_unlock
}

# run_pipe NAME: makes a pipe; FROM and TO become its ends. It is a fifo, since <( ) and
# >( ) need /dev/fd, which a bare machine does not have, and lose the status.
run_pipe()
{
	local both fifo=$RUN/$1

	exec {both}<>"$fifo"
	# shellcheck disable=SC2034,SC2094 # of the caller
	exec {FROM}<"$fifo" {TO}>"$fifo" {both}>&-
}

# run_remove RUN: undoes what a run has noted; then removes its pins and its directory
run_remove()
{
	local pins=$PIN_ROOT/${1##*/}

	[ -d "$1" ] || return 0
	hooks_detach "$1" || {
		say "filters of the run $1 stay until the next run, or clean"
		return 1
	}
	[ ! -d "$pins" ] || rm -r "$pins"
	rm -r "$1"
	rmdir --ignore-fail-on-non-empty "$PIN_ROOT" 2>/dev/null || true
}

# drop_locks: closes the locks, in processes that may outlive this shell
drop_locks()
{
	exec {LOCK_FD}>&-
	[ -z "$PIPE_FD" ] || exec {PIPE_FD}>&-
}

run_close()
{
	hooks_unfollow
	run_remove "$RUN"
}

# The lines of trace_pipe go to one reader only, so there is one such run at a time.
run_lock_pipe()
{
	exec {PIPE_FD}>"$STATE/trace_pipe.lock"
	flock -n "$PIPE_FD" ||
		die "another run reads trace_pipe, which serves one reader at a time"
}

# remove_dead: removes what killed runs have left behind, and nothing else; fails when
# there was nothing
remove_dead()
{
	local run lock pid removed=1

	for run in "$RUNS"/*/; do
		run=${run%/}
		[ -d "$run" ] || continue
		exec {lock}>"$run/lock"
		pid=$(cat "$run/pid" 2>/dev/null) || pid='?'
		if flock -n "$lock" && run_remove "$run"; then
			say "removed what the killed run of process $pid left behind"
			removed=0
		fi
		exec {lock}>&-
	done
	return $removed
}

runs_clean()
{
	state_lock
	remove_dead || say "nothing was left behind"
	state_unlock
}
