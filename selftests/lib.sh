# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some variables are for test files
#
# lib.sh: what a test file (*.t, a bash script) needs. It prints TAP on stdout,
# and on stderr whatever helps to understand a failure. It begins like this:
#
#	#!/usr/bin/env bash
#	# SPDX-License-Identifier: GPL-2.0-only
#	# description: what is tested, in a line
#	# requires: root kprobes cmd:nft tool:inject
#	. "${BASH_SOURCE%/*}/../lib.sh"
#	plan 3
#
# Where something required is missing, the whole file is skipped. Everything that
# the functions below start or make is ended or removed on exit.
#
# One more line says on which kernels a whole run needs the file. The runner goes by
# it when it hands out files; a file that is asked for by name runs anyway.
#
#	(none)           on the running kernel and in all guests: what it tests is
#	                 different by kernel or mechanism
#	# kernels: ends  on the running one, in the oldest and in the newest guest
#	# kernels: one   on the running one and in one guest: so it is with kprobes
#	                 once, even when the running kernel has none
#	# kernels: host  on the running one alone: the same code everywhere
#
# When there is only one guest, it is the oldest, the newest and the one.
#
#	# also: trixie-arm64 trixie-rt
#			 in these guests, too, whose kernels are of other kinds (vms.sh):
#			 slow, or much like another one, and so they get few files

set -o pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
. "$TOP/selftests/state.sh"
. "$TOP/selftests/head.sh"
BPFPATH=$TOP/bpfpath.sh
FEW=(-f "$TOP/selftests/e2e/few.list")	# where the path is not the point
TOOLS=$TOP/build/e2e	# made of e2e/*.c
TMP=$(mktemp -d "${TMPDIR:-/tmp}/bpfpath-test.XXXXXX")
mkfifo "$TMP/nothing"	# never to be read
PATIENCE=${PATIENCE:-120}	# seconds for what takes a moment on a fast machine

STATUS=		# exit status of the last trace

tap_count=0
tap_failed=0
labs=()
pids=()

# ---------------------------------------------------------------- results

# plan N: the file will print N results
plan()
{
	echo "1..$1"
}

skip_all()
{
	echo "1..0 # SKIP $*"
	exit 0
}

pass()
{
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $*"
}

fail()
{
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	echo "not ok $tap_count - $*"
}

# skip WHAT WHY: one result that cannot be had here
skip()
{
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

# diag TEXT...: lines for whoever looks into a failure
diag()
{
	printf '%s\n' "$*" >&2
}

# ok WHAT COMMAND...: the command succeeds
ok()
{
	local what=$1

	shift
	if "$@"; then
		pass "$what"
	else
		fail "$what"
		diag "failed: $*"
	fi
}

# not COMMAND...: for ok: the command fails
not()
{
	! "$@"
}

# is GOT WANT WHAT: both are the same text
is()
{
	if [ "$1" = "$2" ]; then
		pass "$3"
	else
		fail "$3"
		diag "got:  '$1'"
		diag "want: '$2'"
	fi
}

# isnt GOT OTHER WHAT: they are not
isnt()
{
	if [ "$1" != "$2" ]; then
		pass "$3"
	else
		fail "$3"
		diag "got: '$1'"
	fi
}

# like TEXT REGEX WHAT: the extended regular expression matches
like()
{
	if [[ $1 =~ $2 ]]; then
		pass "$3"
	else
		fail "$3"
		diag "'$1' does not match '$2'"
	fi
}

# unlike TEXT REGEX WHAT: it does not match
unlike()
{
	if [[ $1 =~ $2 ]]; then
		fail "$3"
		diag "'$1' matches '$2'"
	else
		pass "$3"
	fi
}

# ---------------------------------------------------------------- waiting

# nap: a moment, without a process: starting one takes longer in a guest
nap()
{
	read -rt 0.05 <>"$TMP/nothing" || true
}

# wait_for SECONDS COMMAND...: until the command succeeds; 1 when it never does
wait_for()
{
	local end=$((SECONDS + $1))

	shift
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || return 1
		nap
	done
}

# is_gone PID: it has ended; a shell that starts no process for a while may not
# have noticed yet, and leaves a zombie
is_gone()
{
	local stat

	{ read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
	[[ ${stat##*) } == Z* ]]
}

# descendants PID: of it, a line each
descendants()
{
	local children child

	read -ra children <"/proc/$1/task/$1/children" || true
	for child in "${children[@]}"; do
		echo "$child"
		descendants "$child"
	done
}

# wait_end PID: its exit status; 124, and it is killed, when it does not end
wait_end()
{
	if ! wait_for "$PATIENCE" is_gone "$1"; then
		diag "process $1 does not end"
		kill -9 "$1"
		return 124
	fi
	wait "$1"
}

# ---------------------------------------------------------------- networks

# mac_of NETNS IFNAME
mac_of()
{
	ip -n "$1" -o link show dev "$2" |
		sed 's|.* link/ether \([0-9a-f:]*\) .*|\1|'
}

# set_neighbours NETNS IFNAME MAC ADDRESS...: for good
set_neighbours()
{
	local address

	for address in "${@:4}"; do
		echo "neigh replace $address dev $2 lladdr $3 nud permanent"
	done | ip -n "$1" -batch -
}

# new_lab: a lab of a random name; sets LAB, NS_A and NS_B. The nodes know each
# other: no packets but those that a test sends.
new_lab()
{
	LAB=t$$x$RANDOM
	NS_A=bpfpath-$LAB-A
	NS_B=bpfpath-$LAB-B
	labs+=("$LAB")
	"$TOP/scripts/lab.sh" -n "$LAB" up || return
	set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" \
		10.0.0.1 fd00::1
	set_neighbours "$NS_B" veth-b "$(mac_of "$NS_A" macvlan-a)" \
		10.0.0.2 fd00::2
}

# on A|B COMMAND...: run it on that node of the lab
on()
{
	nsenter "--net=/run/netns/bpfpath-$LAB-$1" -- "${@:2}"
}

# ping_peer ADDRESS: one echo request from A to B
ping_peer()
{
	on A ping -n -c 1 -W 1 "$1" >/dev/null 2>&1
}

# send_udp ADDRESS PORT: one datagram from A to B
send_udp()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	on A bash -c 'echo hello >"/dev/udp/$0/$1"' "$1" "$2"
}

# send_syn ADDRESS PORT: try to connect from A to B, where nobody listens
send_syn()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	! on A bash -c ': >"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null
}

# ---------------------------------------------------------------- traces

# mount_quietly: what bpfpath.sh would mount and say so, for tests that compare
# all that it says
mount_quietly()
{
	mountpoint -q /sys/fs/bpf || mount -t bpf bpf /sys/fs/bpf
	mountpoint -q /sys/kernel/tracing ||
		mount -t tracefs tracefs /sys/kernel/tracing || true
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

# says_tracing FILE PID: armed, or ended without
says_tracing()
{
	local talk

	IFS= read -rd '' talk <"$1"
	[[ $'\n'$talk =~ ($'\n'|': ')'tracing ' ]] || is_gone "$2"
}

# note_armed BEGAN: for the runner: how many milliseconds that trace took; BEGAN
# is in microseconds
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

# show_talk NAME: what it said, and the head of what it printed
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

# json NAME FILTER: jq's answer about the paths that the trace NAME printed, an
# array
json()
{
	jq -rs "map(select(.packet)) | $2" "$TMP/$1.out"
}

# funcs_of NAME [N]: the functions of its path N (from 0), a line each
funcs_of()
{
	json "$1" ".[${2:-0}].events[].func"
}

# has_func NAME REGEX [N]: one of them matches as a whole
has_func()
{
	grep -qxE "$2" <(funcs_of "$1" "$3")
}

# records NAME TYPE COLUMN: that column of the records of a type (-o records)
records()
{
	records_in "$TMP/$1.out" "$2" "$3"
}

records_in()
{
	awk -F '\t' -v type="$2" -v column="$3" '
		/^#bpfpath-records-1/ {
			for (i = 1; i <= NF; i++)
				at[$i] = i - 1
		}
		/^#/ { next }
		$1 == type { print $at[column] }' "$1"
}

# has_lines NAME COUNT: it has printed that many
has_lines()
{
	[ "$(wc -l <"$TMP/$1.out")" -ge "$2" ]
}

# in_guest: the runner has started a guest for this file
in_guest()
{
	[ "$BPFPATH_GUEST" ]
}

has_kprobes()
{
	[ -e /sys/bus/event_source/devices/kprobe/type ]
}

# since MAJOR MINOR: the running kernel is of that version or newer
since()
{
	local major minor

	IFS=.- read -r major minor _ < <(uname -r)
	[ $((major * 1000 + minor)) -ge $(($1 * 1000 + $2)) ]
}

# has_reasons: drops have a reason
has_reasons()
{
	since 5 17
}

# ---------------------------------------------------------------- leftovers

# no_leftovers WHAT: no pins, and in the lab no qdiscs and no filters
no_leftovers()
{
	is "$(run_state; tc_state "$NS_A"; tc_state "$NS_B")" "" "$1"
}

# ---------------------------------------------------------------- start, end

# end_background: what still runs gets a chance to clean up
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

clean_up()
{
	local status=$? lab

	trap '' INT TERM
	end_background
	for lab in "${labs[@]}"; do
		"$TOP/scripts/lab.sh" -n "$lab" down 2>/dev/null
	done
	rm -rf "$TMP"
	[ "$status" -ne 0 ] || [ "$tap_failed" -eq 0 ] || exit 1
	exit "$status"
}

# build_tool NAME: of e2e/NAME.c, where run.sh has not done it
build_tool()
{
	[[ -x $TOOLS/$1 && ! $TOP/selftests/e2e/$1.c -nt $TOOLS/$1 ]] ||
		make -s -C "$TOP" "build/e2e/$1" >&2
}

# need WORD: one word of the requires: line
need()
{
	case $1 in
	root)	[ "$(id -u)" -eq 0 ] || skip_all "needs root" ;;
	kprobes) has_kprobes || skip_all "kernel $(uname -r) has no kprobes" ;;
	tool:*)	build_tool "${1#tool:}" || skip_all "no compiler for ${1#tool:}.c" ;;
	cmd:*)	type -P "${1#cmd:}" >/dev/null || skip_all "no ${1#cmd:} here" ;;
	*)	echo "unknown word '$1' in requires:" >&2; exit 1 ;;
	esac
}

check_needs()
{
	local word words

	head_words "$0" kernels
	[[ $words =~ ^(ends|one|host|)$ ]] ||
		{ echo "unknown '$words' in kernels:" >&2; exit 1; }
	head_words "$0" also
	for word in $words; do
		[[ $word =~ ^[a-z]+-(arm64|rt)$ ]] ||
			{ echo "unknown '$word' in also:" >&2; exit 1; }
	done
	head_words "$0" requires
	for word in $words; do
		need "$word"
	done
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
check_needs
