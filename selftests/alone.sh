# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# alone.sh: runs test files in a mount namespace and a network namespace of their own,
# with no pins, no notes of runs and no labs but theirs. So what others do on the
# machine meanwhile does not look like something that a test has left behind, and a test
# sees no lab of another run. Sourced by run.sh.
#
# A process holds the namespaces until the run ends. Without root there are none,
# and nothing that could be left; a guest is alone as it is.

ALONE=()	# begins a command that is to run there; empty: here
holder=		# that process

# hold_alone: of that process: hides what others have, and waits for the end of
# stdin. The lines of trace_pipe are the machine's, and so is their lock.
hold_alone()
{
	local lock=/run/bpfpath/trace_pipe.lock fd

	set -e
	(umask 077; mkdir -p "${lock%/*}")
	mkdir -p /run/netns
	exec {fd}>>"$lock"
	mount -t tmpfs -o mode=755 tmpfs /run/netns
	mount -t tmpfs -o mode=700 tmpfs "${lock%/*}"
	: >"$lock"
	mount --no-canonicalize --bind "/proc/self/fd/$fd" "$lock"
	mount -t bpf bpf /sys/fs/bpf
	ip link set lo up
	echo ready
	read -r
}

begin_alone()
{
	local ready=

	[[ $EUID -eq 0 && -z $BPFPATH_GUEST ]] || return 0
	# shellcheck disable=SC2016 # the inner shell expands it
	coproc HOLD { exec unshare --mount --net bash -c '. "$0"; hold_alone' \
		"$TOP/selftests/alone.sh"; }
	holder=$HOLD_PID
	read -r -u "${HOLD[0]}" ready || true
	if [ "$ready" ]; then
		ALONE=(nsenter -t "$holder" --mount --net --wd --)
	else
		echo "# no namespaces of our own: others' runs may disturb"
	fi
}

end_alone()
{
	[ -z "$holder" ] || kill "$holder" 2>/dev/null || true
}

# state_alone: machine_state of there
state_alone()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	"${ALONE[@]}" bash -c '. "$0"; machine_state' "$TOP/selftests/state.sh"
}
