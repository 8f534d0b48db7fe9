# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some variables are for test files
#
# trace.sh: runs of bpfpath.sh; sourced by lib.sh. What the trace NAME prints is in
# $TMP/NAME.out, and what it says in $TMP/NAME.err.

BPFPATH=$TOP/bpfpath.sh
FEW=(-f "$TOP/selftests/e2e/few.list")	# where the path is not the point
STATUS=		# exit status of the last trace, or of capture()

# mount_quietly: mounts what bpfpath.sh would mount and tell, for tests that compare
# all that it says
mount_quietly()
{
	mountpoint -q /sys/fs/bpf || mount -t bpf bpf /sys/fs/bpf
	mountpoint -q /sys/kernel/tracing ||
		mount -t tracefs tracefs /sys/kernel/tracing || true
}

# says_tracing FILE PID: succeeds when the trace is armed, or has ended without
says_tracing()
{
	local talk

	IFS= read -rd '' talk <"$1"
	[[ $'\n'$talk =~ ($'\n'|': ')'tracing ' ]] || is_gone "$2"
}

# note_armed BEGAN: notes for the runner how many milliseconds that trace took to be armed;
# BEGAN is in microseconds
note_armed()
{
	[ -z "$BPFPATH_TRACES" ] ||
		echo $(((${EPOCHREALTIME/[.,]/} - $1) / 1000)) >>"$BPFPATH_TRACES"
}

# start_trace NAME OPTIONS...: runs bpfpath.sh until it is armed; sets PID
start_trace()
{
	local name=$1 began=${EPOCHREALTIME/[.,]/}

	shift
	in_background "$name" "$BPFPATH" "$@"
	wait_for "$PATIENCE" says_tracing "$TMP/$name.err" "$PID" &&
		! is_gone "$PID" && note_armed "$began" && return
	diag "the trace '$name' does not start: $*"
	show_talk "$name"
	return 1
}

# end_trace NAME: waits for the last trace started; sets STATUS
end_trace()
{
	STATUS=0
	wait_end "$PID" || STATUS=$?
	show_talk "$1"
}

# show_talk NAME: shows what the trace said, and the head of what it printed
show_talk()
{
	sed "s/^/$1: /" "$TMP/$1.err" >&2
	head -n 40 "$TMP/$1.out" | sed "s/^/$1> /" >&2
}

# trace NAME TRIGGER... -- OPTIONS...: one whole trace; sets STATUS. What it
# prints is in $TMP/NAME.out.
trace()
{
	local name=$1 trigger=()

	shift
	while [ "$1" != -- ]; do
		trigger+=("$1")
		shift
	done
	shift
	STATUS=255
	start_trace "$name" "$@" || return 1
	"${trigger[@]}" || true
	end_trace "$name"
}
