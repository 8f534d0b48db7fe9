# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # of bpfpath.sh and options.sh
#
# exec.sh: processes that run while a trace does, and waiting for them: a command that
# starts when all is armed (--exec), and the one that ends the run in time (--timeout);
# sourced by bpfpath.sh.

EXEC_REST=1	# seconds that the trace goes on when the command has ended

exec_from=	# the ends of a pipe: ours, …
exec_to=	# … and the loader's, which says that all is armed
exec_pid=	# waits for that
limit_pid=	# waits for the end of the time, …
limit_at=	# … in us
preparing=yes	# until the loader runs
timed_out=	# the loader has been stopped for it

# wait_for PID: waits for its end and gives its status. A signal that has a trap interrupts
# "wait", whose status is then that of the signal; the process may have ended meanwhile. Its
# own status is what the shell remembers of it (wait(1p)).
wait_for()
{
	while :; do
		wait "$1" || true
		kill -0 "$1" 2>/dev/null || break
	done
	wait "$1"
}

# exec_open: makes the pipe that starts the command; to be called before the loader starts
exec_open()
{
	local FROM TO

	run_pipe ready
	exec_from=$FROM exec_to=$TO
}

# exec_wait: runs the command when a line comes; ends the loader some time after the
# command. SIGTERM ends the command and all that it has started.
exec_wait()
{
	local status=0 command=

	trap '[ -z "$command" ] || kill -TERM -- "-$command" 2>/dev/null; exit' TERM
	trap '' INT HUP
	trap - EXIT ALRM
	drop_locks
	read -r -u "$exec_from" || exit 0
	exec {exec_from}<&-
	setsid bash -c "$exec_command" >&2 </dev/null &
	command=$!
	wait "$command" || status=$?
	[ $status = 0 ] || say "--exec: '$exec_command' has ended with status $status"
	sleep $EXEC_REST &
	wait $! || true
	kill -TERM "$loader_pid" 2>/dev/null || true
}

# exec_start: starts exec_wait; to be called when the loader has started
exec_start()
{
	exec {exec_to}>&-
	exec_wait &
	exec_pid=$!
	exec {exec_from}<&-
}

exec_end()
{
	[ "$exec_pid" ] || return 0
	kill -TERM "$exec_pid" 2>/dev/null || true
	wait "$exec_pid" 2>/dev/null || true
	exec_pid=
}

# limit_missed: exits if the time was over before all was armed
limit_missed()
{
	[ "$timed_out" ] || return 0
	say "--timeout $timeout: the time was over before all was armed"
	exit "$FAILED"
}

# limit_reached: ends the run; called when the time is over
limit_reached()
{
	timed_out=yes
	if [ "$preparing" ]; then
		limit_missed
	else
		stop_loader
	fi
}

# limit_wait: waits until the time is over, then signals the driver's shell. A signal does
# not interrupt what that waits for: in the preparation its children are ended, too.
limit_wait()
{
	local children=() child left=$((limit_at - ${EPOCHREALTIME/[.,]/}))

	trap 'kill $! 2>/dev/null; exit' TERM
	trap '' INT HUP
	[ $left -gt 0 ] || left=0
	sleep "$((left / 1000000)).$(printf %06d $((left % 1000000)))" &
	wait $! || true
	trap exit TERM	# its number may be another process's by now
	[ -z "$preparing" ] ||
		read -ra children <"/proc/$$/task/$$/children" || true
	kill -ALRM $$
	for child in "${children[@]}"; do
		[ "$child" = $BASHPID ] || kill -TERM "$child" 2>/dev/null || true
	done
}

limit_start()
{
	trap - EXIT
	limit_wait </dev/null >/dev/null &
	limit_pid=$!
}

limit_end()
{
	[ -z "$limit_pid" ] || kill -TERM "$limit_pid" 2>/dev/null || true
	limit_pid=
}

# limit_open: starts the time; to be called before anything else
limit_open()
{
	local milli

	[ "$timeout" ] || return 0
	printf -v milli %.0f "${timeout}e3"
	limit_at=$((${EPOCHREALTIME/[.,]/} + milli * 1000))
	trap limit_reached ALRM
	limit_start
	trap limit_end EXIT
}

# prepared: the preparation is over, from now on the loader runs
prepared()
{
	preparing=
	[ "$limit_pid" ] || return 0
	limit_end
	limit_start
	trap finish EXIT
}
