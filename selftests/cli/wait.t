#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the driver waits for what it has started, whatever signals come
# kernels: host
# shellcheck disable=SC2016 # what stands in single quotes is for the shell there
. "${BASH_SOURCE%/*}/../lib.sh"
plan 5

# waited CHILD TRAP: the status that wait_for() gives of that command, to which
# "kill $pid" in the trap of SIGINT leads; a signal comes as soon as it runs
waited()
{
	bash -ec '. "$1/scripts/exec.sh"
		trap "$3" INT
		rm -f "$4/runs"
		bash -c "$2" child "$4/runs" &
		pid=$!
		bash -c "until [ -e \"\$1\" ]; do sleep 0.01; done; kill -INT $$" \
			signal "$4/runs" &
		status=0
		wait_for "$pid" || status=$?
		echo $status' wait "$TOP" "$1" "$2" "$TMP"
}

child='trap "exit 5" TERM; : >"$1"; while :; do sleep 0.01; done'
is "$(waited "$child" 'kill "$pid"; until ! kill -0 "$pid"; do sleep 0.01; done' 2>/dev/null)" \
	5 'it has ended before the trap is done'
is "$(waited "$child" '(sleep 0.2; kill "$pid") &')" 5 'it goes on after the signal'
is "$(waited ': >"$1"; sleep 0.2' ':')" 0 'it ends by itself'
is "$(waited ': >"$1"; exec sleep 60' 'kill "$pid"')" 143 'it dies of a signal'

# The driver may end its clock just as the time is over.
is "$(bash -ec '. "$1/scripts/exec.sh"
	kill()
	{
		[ "$1" != -ALRM ] || set -- -TERM "$BASHPID"
		builtin kill "$@"
	}
	limit_at=0 preparing=
	limit_wait &
	wait "$!"' limit "$TOP" 2>&1)" "" "--timeout: nothing is said of a clock that has ended"
