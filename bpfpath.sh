#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# bpfpath.sh: show the way of a network packet through the Linux kernel.
# Documentation/bpfpath.8 tells all about its use, Documentation/design.md how
# the parts play together.

set -eo pipefail

VERSION=0.1
ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
BPFLOAD=$ROOT/build/bpfload
PATHREPORT=$ROOT/build/pathreport

# Exit statuses, as in the man page.
FAILED=1 USAGE=2 NO_PACKET=3 CANNOT=4

# Options.
ifaces=
netns=
dir=in
count=1
wait=0
attach=auto
read=auto
funcs=$ROOT/kp_funcs.list
output=text
save=
verbose=
quiet=

# The command line: options, and what is left.
options=()
words=()

# The packets to select.
proto=
address=
filter_flags=()

# The run.
loader_pid=

# shellcheck source=scripts/objects.sh
. "$ROOT/scripts/objects.sh"
# shellcheck source=scripts/runs.sh
. "$ROOT/scripts/runs.sh"
# shellcheck source=scripts/hooks.sh
. "$ROOT/scripts/hooks.sh"
# shellcheck source=scripts/ifaces.sh
. "$ROOT/scripts/ifaces.sh"

usage()
{
	cat <<'END'
Usage: bpfpath.sh [options] icmp|icmp6|tcp|udp SRC_ADDRESS
       bpfpath.sh list | check | clean | demo | show FILE

Shows the way of a packet from SRC_ADDRESS through the kernel.

  -i, --iface IF[,IF...]|any  where packets are selected (default: the interface
                              of the route to SRC_ADDRESS, else any)
  -N, --netns NAME            ... in that network namespace
  -d, --dir in|out|both       arriving, leaving, either (default: in)
  -c, --count N               packets to trace, 0 for no end (default: 1)
  -w, --wait SECONDS          give up when none matched in that time
  -a, --attach auto|kprobe|tracepoint
  -r, --read auto|ring|map|pipe
  -f, --funcs FILE            the functions to probe (default: kp_funcs.list)
  -o, --output text|json|records
  -W, --write FILE            save the records as well
  -v, --verbose               more columns, which functions are not probed
  -q, --quiet                 the end of each path, no talk
  -h, --help
  -V, --version

  list    the functions and how each can be probed here
  check   what this kernel can do, and what is missing
  clean   remove what killed runs have left behind
  demo    a small network of two nodes, once sound and once broken
  show    print saved records (-W, or -o records)
END
}

say()
{
	printf 'bpfpath: %s\n' "$*" >&2
}

die()
{
	say "$@"
	exit $FAILED
}

wrong()
{
	say "$@"
	say "bpfpath.sh -h shows how to use it"
	exit $USAGE
}

need_root()
{
	[ "$(id -u)" = 0 ] || die "must be run as root (sudo)"
}

# one_of OPTION VALUE CHOICE...
one_of()
{
	local option=$1 value=$2 choice
	shift 2
	for choice; do
		[ "$value" != "$choice" ] || return 0
	done
	wrong "$option '$value': must be one of: $*"
}

is_number()
{
	[[ $2 =~ ^(0|[1-9][0-9]{0,8})$ ]] ||
		wrong "$1 '$2': must be a number from 0 to 999999999"
}

# Interface and namespace names reach ip(8) and tc(8) as words and files as
# path components.
is_name()
{
	[[ $2 =~ ^[^-/[:space:]][^/[:space:]]*$ && $2 != . && $2 != .. ]] ||
		wrong "$1 '$2': not a name"
}

check_options()
{
	local name
	local -a names

	[ -z "$netns" ] || is_name -N "$netns"
	[ -z "$ifaces" ] || is_name -i "$ifaces"
	IFS=, read -ra names <<<"$ifaces"
	for name in "${names[@]}"; do
		is_name -i "$name"
	done
	one_of -d "$dir" in out both
	one_of -a "$attach" auto kprobe tracepoint
	one_of -r "$read" auto ring map pipe
	one_of -o "$output" text json records
	is_number -c "$count"
	is_number -w "$wait"
}

# set_option LETTER VALUE
set_option()
{
	case $1 in
	i) ifaces=$2 ;;
	N) netns=$2 ;;
	d) dir=$2 ;;
	c) count=$2 ;;
	w) wait=$2 ;;
	a) attach=$2 ;;
	r) read=$2 ;;
	f) funcs=$2 ;;
	o) output=$2 ;;
	W) save=$2 ;;
	v) verbose=-v ;;
	q) quiet=-q ;;
	h) usage; exit 0 ;;
	V) echo "bpfpath $VERSION"; exit 0 ;;
	esac
}

declare -A LONG=([--iface]=i [--netns]=N [--dir]=d [--count]=c [--wait]=w
	[--attach]=a [--read]=r [--funcs]=f [--output]=o [--write]=W
	[--verbose]=v [--quiet]=q [--help]=h [--version]=V)
WITH_VALUE=i:N:d:c:w:a:r:f:o:W:

takes_value()
{
	[[ $WITH_VALUE = *"$1:"* ]]
}

# long_option WORD NEXT: sets name, letter and OPTARG of --WORD, whose value
# may be the NEXT word of the command line
long_option()
{
	name=--${1%%=*}
	letter=${LONG[$name]:-?}
	if [[ $letter != \? && $1 = *=* ]]; then
		takes_value "$letter" || wrong "$name: takes no value"
		OPTARG=${1#*=}
	elif takes_value "$letter"; then
		OPTARG=$2
		OPTIND=$((OPTIND + 1))
	fi
}

# parse_options ARGUMENT...: sets the options, and "words" to what is no option.
# getopts knows short options; --name comes to it as option "-" with a value.
parse_options()
{
	local letter name OPTIND=1

	while getopts ":${WITH_VALUE}vqhV-:" letter; do
		case $letter in
		-) long_option "$OPTARG" "${!OPTIND}" ;;
		:) name=-$OPTARG letter=$OPTARG OPTARG= ;;
		\?) name=-$OPTARG ;;
		*) name=-$letter ;;
		esac
		[ "$letter" != '?' ] || wrong "unknown option '$name'"
		! takes_value "$letter" || [ "$OPTARG" ] ||
			wrong "$name: needs a value"
		set_option "$letter" "$OPTARG"
	done
	options+=("${@:1:OPTIND-1}")
	words=("${@:OPTIND}")
	check_options
}

# build: what a run needs, installed and compiled
build()
{
	"$ROOT/scripts/setup.sh" run
	make -s -C "$ROOT" >&2 || die "bpfpath itself does not build"
}

mount_fs()
{
	local type=$1 path=$2

	[ "$(stat -f -c %T "$path" 2>/dev/null)" != "$type" ] || return 0
	mount -t "${type%_fs}" "${type%_fs}" "$path" || {
		say "$path: cannot be mounted"
		exit $CANNOT
	}
	say "mounted $path"
}

# choose_mechanisms: "auto" becomes a name; status 4 when this kernel cannot
choose_mechanisms()
{
	attach=$("$BPFLOAD" choose $quiet attach "$attach") || exit $?
	read=$("$BPFLOAD" choose $quiet read "$read") || exit $?
}

# check_words: the short form is a protocol and an address
check_words()
{
	[ ${#words[@]} -gt 0 ] || wrong "which packets? icmp|icmp6|tcp|udp SRC_ADDRESS"
	proto=${words[0]} address=${words[1]:-}
	one_of protocol "$proto" icmp icmp6 tcp udp
	[ ${#words[@]} = 2 ] || wrong "'${words[*]}': one protocol and one address are needed"
}

# parse_filter: the short form becomes flags of the compiler
parse_filter()
{
	local flags

	flags=$("$BPFLOAD" filter "$proto" "$address") || exit $?
	read -ra filter_flags <<<"$flags"
}

filter_text()
{
	case $address in
	*:*) [ "$proto" = icmp6 ] && echo "icmp6 and src host $address" ||
		echo "ip6 and $proto and src host $address" ;;
	*) echo "$proto and src host $address" ;;
	esac
}

# start_loader: records flow from the loader into the report. Neither holds the
# run's lock: it must be free when this shell is killed.
start_loader()
{
	local report

	exec {report}> >(trap '' INT; exec {LOCK_FD}>&-
		exec "$PATHREPORT" -o "$output" $verbose $quiet ${save:+-W "$save"})
	report_pid=$!
	"$BPFLOAD" trace -d "$PINS" -p "$RUN/plan" -r "$read" -c "$count" \
		-w "$wait" -n "$(filter_text)" -i "$RUN/filters" $verbose $quiet \
		>&"$report" {report}>&- {LOCK_FD}>&- &
	loader_pid=$!
	exec {report}>&-
}

# wait_for PID: a signal interrupts "wait", so ask again until it has ended
wait_for()
{
	local status=0

	while :; do
		wait "$1" && status=0 || status=$?
		kill -0 "$1" 2>/dev/null || return $status
	done
}

stop_loader()
{
	[ -z "$loader_pid" ] || kill -TERM "$loader_pid" 2>/dev/null || true
}

# finish: takes back what the run has done, whatever signal comes meanwhile
finish()
{
	trap '' INT TERM HUP
	stop_loader
	run_close
}

run_trace()
{
	local status=0 report_status=0

	start_loader
	wait_for "$loader_pid" || status=$?
	loader_pid=
	wait_for "$report_pid" || report_status=$?
	[ $report_status != $FAILED ] || return $FAILED
	[ $status != $NO_PACKET ] || say "no packet matched: $(filter_text)"
	[ $status = 0 ] || return $status
	return $report_status
}

# make_plan: what can be probed here, with the object of each
make_plan()
{
	"$BPFLOAD" list -a "$attach" -f "$funcs" >"$RUN/list" || exit $FAILED
	objects_open "$read"
	objects_probes <"$RUN/list" >"$RUN/plan"
}

# select_packets: the classifier, still disarmed, on all chosen interfaces
select_packets()
{
	local hook object
	local -A hooks=([in]=ingress [out]=egress [both]='ingress egress')

	for hook in ${hooks[$dir]}; do
		object=$(objects_classifier "$hook" "${filter_flags[@]}") ||
			exit $FAILED
		"$BPFLOAD" pin "$PINS" "$object" "$hook" || exit $FAILED
		hooks_attach "$ifaces" "$hook" "$PINS/$hook" "${CHOSEN[@]}"
	done
}

trace()
{
	check_words
	need_root
	build
	parse_filter
	netns_enter "$netns"
	mount_fs bpf_fs /sys/fs/bpf
	[ "$read" != pipe ] || mount_fs tracefs /sys/kernel/tracing
	choose_mechanisms
	: "${ifaces:=$(route_iface "$address" "$dir")}"
	: "${ifaces:=any}"
	ifaces_choose "$ifaces"
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	runs_clean
	run_open
	trap finish EXIT
	[ "$read" != pipe ] || run_lock_pipe
	make_plan
	select_packets
	trap stop_loader INT TERM HUP
	run_trace
}

show()
{
	[ ${#words[@]} = 2 ] || wrong "show: one FILE is needed"
	build
	exec "$PATHREPORT" -o "$output" $verbose $quiet ${save:+-W "$save"} \
		-- "${words[1]}"
}

list()
{
	local plan

	need_root
	build
	attach=$("$BPFLOAD" choose attach "$attach") || exit $?
	plan=$("$BPFLOAD" list -a "$attach" -f "$funcs") || exit $FAILED
	awk -F '\t' <<<"$plan" '
		BEGIN { printf "%4s  %-36s %-10s %s\n", "NUM", "NAME", "HOW", "" }
		/^#/ { next }
		{ where = $4 == "skip" ? $11 : $5 != $2 ? "as " $5 : ""
		  printf "%4d  %-36s %-10s %s\n", $1, $2, $4, where }'
}

# demo: the options may also stand behind the word
demo()
{
	parse_options "${words[@]:1}"
	[ ${#words[@]} = 0 ] || wrong "demo: '${words[0]}' is one word too many"
	need_root
	build
	exec "$ROOT/scripts/demo.sh" "${options[@]}"
}

alone()
{
	[ ${#words[@]} = 1 ] || wrong "${words[0]}: '${words[1]}' is one word too many"
}

main()
{
	parse_options "$@"
	case ${words[0]:-} in
	list) alone; list ;;
	check) alone; need_root; build; "$BPFLOAD" check ;;
	clean) alone; need_root; runs_clean -v ;;
	demo) demo ;;
	show) show ;;
	*) trace ;;
	esac
}

main "$@"
