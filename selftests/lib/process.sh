# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2317 # test files use what is not used here
#
# process.sh: processes in the background, and waiting; sourced by lib.sh.

mkfifo "$TMP/nothing"	# never to be read
PATIENCE=${PATIENCE:-120}	# seconds for what takes a moment on a fast machine
PID=		# of what in_background() has started last

pids=()		# all of them

# nap: waits a moment, without a process: starting one takes longer in a guest
nap()
{
	read -rt 0.05 <>"$TMP/nothing" || true
}

# wait_for SECONDS COMMAND...: waits until the command succeeds; fails when it never does
wait_for()
{
	local end=$((SECONDS + $1))

	shift
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || return 1
		nap
	done
}

# is_gone PID: succeeds when the process has ended, or PID is empty; it may still be a
# zombie, of a shell that starts no process for a while and has not noticed
is_gone()
{
	local stat

	{ read -r stat <"/proc/${1:-none}/stat"; } 2>/dev/null || return 0
	[[ ${stat##*) } == Z* ]]
}

# descendants PID: prints the processes that it and its children have started, a line each
descendants()
{
	local children child

	read -ra children <"/proc/$1/task/$1/children" || true
	for child in "${children[@]}"; do
		echo "$child"
		descendants "$child"
	done
}

# wait_end PID: waits for its end and gives its exit status; 124, and it is killed, when it
# does not end
wait_end()
{
	if ! wait_for "$PATIENCE" is_gone "$1"; then
		diag "process $1 does not end"
		kill -9 "$1"
		return 124
	fi
	wait "$1"
}

# capture COMMAND...: runs it to its end; sets STATUS, and out and err to what it
# prints, which is in $TMP/out and $TMP/err, too
capture()
{
	STATUS=0
	"$@" >"$TMP/out" 2>"$TMP/err" || STATUS=$?
	out=$(<"$TMP/out")
	err=$(<"$TMP/err")
}

# in_background NAME COMMAND...: sets PID; its output goes to files in $TMP.
# A shell starts background commands with SIGINT ignored; this one takes it.
in_background()
{
	local name=$1

	shift
	: >"$TMP/$name.err"
	env --default-signal=INT "$@" >"$TMP/$name.out" 2>"$TMP/$name.err" &
	PID=$!
	pids+=("$PID")
}

# end_background: ends what still runs, which gets a chance to clean up
end_background()
{
	local pid

	for pid in "${pids[@]}"; do
		is_gone "$pid" && continue
		diag "process $pid still runs: ending it"
		kill "$pid"
		wait_for 10 is_gone "$pid" || kill -9 "$pid"
	done
}
