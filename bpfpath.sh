#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# bpfpath.sh: show the way of a network packet through the Linux kernel.
# Documentation/bpfpath.8 tells all about its use, Documentation/design.md how
# the parts play together.

set -eo pipefail

VERSION=0.1
SELF=${BASH_SOURCE[0]}
[ ! -L "$SELF" ] || SELF=$(readlink -f "$SELF")
ROOT=$(cd "${SELF%"${SELF##*/}"}." && pwd)
BPFLOAD=$ROOT/build/bpfload
PATHREPORT=$ROOT/build/pathreport

# Exit statuses, as in the man page.
FAILED=1 USAGE=2 NO_PACKET=3 CANNOT=4

# The run.
loader_pid=

# shellcheck source=scripts/options.sh
. "$ROOT/scripts/options.sh"
# shellcheck source=scripts/filter.sh
. "$ROOT/scripts/filter.sh"
# shellcheck source=scripts/objects.sh
. "$ROOT/scripts/objects.sh"
# shellcheck source=scripts/runs.sh
. "$ROOT/scripts/runs.sh"
# shellcheck source=scripts/tc.sh
. "$ROOT/scripts/tc.sh"
# shellcheck source=scripts/ifaces.sh
. "$ROOT/scripts/ifaces.sh"
# shellcheck source=scripts/hooks.sh
. "$ROOT/scripts/hooks.sh"
# shellcheck source=scripts/report.sh
. "$ROOT/scripts/report.sh"

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
	[ "$EUID" = 0 ] || die "must be run as root (sudo)"
}

# is_built: the programs are newer than their sources, and what a run starts is
# there: then neither setup.sh nor make has anything to do
is_built()
{
	local file

	for file in "$ROOT"/loader/*.[ch] "$ROOT"/loader/*/*.[ch] "$ROOT/bpf/bpfpath.h"; do
		[ "$BPFLOAD" -nt "$file" ] || return 1
	done
	for file in "$ROOT"/report/*.[ch] "$ROOT"/report/*/*.[ch]; do
		[ "$PATHREPORT" -nt "$file" ] || return 1
	done
	type -P "$CLANG" tc ip nsenter flock awk xargs >/dev/null
}

# build: what a run needs, installed and compiled
build()
{
	! is_built || return 0
	"$ROOT/scripts/setup.sh" run
	make -s -C "$ROOT" >&2 || die "bpfpath itself does not build"
}

# is_mounted TYPE PATH
is_mounted()
{
	local path type

	while read -r _ path type _; do
		[ "$type $path" != "$1 $2" ] || return 0
	done </proc/self/mounts
	return 1
}

# mount_fs TYPE PATH
mount_fs()
{
	local type=$1 path=$2

	! is_mounted "$type" "$path" || return 0
	mount -t "$type" "$type" "$path" || {
		say "$path: cannot be mounted"
		return 1
	}
	say "mounted $path"
}

# choose_read: "auto" becomes a name; status 4 when this kernel cannot
choose_read()
{
	read=$("$BPFLOAD" choose $quiet "$read") || exit $?
	[[ -z $returns || $read = ring ]] || {
		say "-r $read: has no room for returns, they need -r ring"
		exit $CANNOT
	}
}

# choose_returns: a tree is made of them. A probe of a return has another address in
# the place of the return address, by which --aside knows a function.
choose_returns()
{
	[ "$output" != tree ] || returns=-R
	[[ -z $returns || -z $aside ]] ||
		wrong "--aside: not together with -R or -o tree"
}

# start_loader: records flow from the loader into the report. Neither holds the
# run's lock: it must be free when this shell is killed.
start_loader()
{
	local report

	exec {report}> >(trap '' INT; exec {LOCK_FD}>&-; report)
	report_pid=$!
	"$BPFLOAD" trace -d "$PINS" -p "$RUN/plan" -r "$read" -c "$count" \
		-w "$wait" -n "$(filter_text)" ${bytes:+-s "$bytes"} \
		$verbose $quiet \
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
	[ $status != 1 ] || status=$FAILED
	[ $report_status != $FAILED ] || return $FAILED
	[ $status != $NO_PACKET ] || say "no packet matched: $(filter_text)"
	[ $status = 0 ] || return $status
	return $report_status
}

# check_bytes: packets' bytes come by the ring buffer alone, and where they are
# the kernel's BTF tells
check_bytes()
{
	[ "$bytes" ] || return 0
	[ "$read" = ring ] || {
		say "the bytes of packets (--bytes, -o pcapng) need -r ring"
		exit $CANNOT
	}
	! grep -q NO_LAYOUT "$OBJECTS/kernel.h" || {
		say "the bytes of packets (--bytes, -o pcapng) need the kernel's BTF"
		exit $CANNOT
	}
}

# check_aside: a line of trace_pipe has no room to say that it is no step
check_aside()
{
	[ -z "$aside" ] || [ "$read" != pipe ] || {
		say "functions without a packet (--aside) cannot be read by -r pipe"
		exit $CANNOT
	}
}

# has_seeds: the plan has probes that select
has_seeds()
{
	awk -F '\t' '!/^#/ && $4 != "skip" && $14 { any = 1 } END { exit !any }' \
		"$RUN/list"
}

# make_plan: what can be probed here, with the object of each
make_plan()
{
	local list='' rules='' macros

	[ "$read" != ring ] || rules=-u
	[ "$dir" = in ] || list=$ROOT/bpf/seeds.list
	"$BPFLOAD" list -a "$attach" -r "$read" $all $returns $quiet -f "$funcs" \
		-e "$ROOT/kp_funcs.list" -m "$ROOT/bpf/makers.list" \
		-j "$ROOT/bpf/joiners.list" $rules ${aside:+-x "$aside"} \
		${list:+-s "$list"} >"$RUN/list" || exit $?
	[ -z "$uid$pid$comm" ] || has_seeds || {
		say "user and process of a packet are not known without probes" \
			"on the output path, which need BTF"
		exit $CANNOT
	}
	objects_open "$read"
	check_bytes
	check_aside
	objects_filter "$FILTER_TEXT"
	mapfile -t macros < <(seed_macros)
	objects_seeds "${macros[@]}"
	! grep -q $'\trule_' "$RUN/list" || objects_rules
	objects_probes "$funcs" "$read" <"$RUN/list" >"$RUN/plan"
}

# select_packets: the classifier, still disarmed, on all chosen interfaces; a
# packet's user and process only seeds know
select_packets()
{
	local hook form object
	local -A hooks=([in]=ingress [out]=egress [both]='ingress egress')
	local -a sizes=(-m "skb_map=$table" -m "family_map=$((2 * table))")

	[ "$read" != ring ] || sizes+=(-m "events=$buffer")
	for hook in ${hooks[$dir]}; do
		for form in $(filter_forms); do
			object=$(objects_classifier "$hook" "$form") ||
				exit $FAILED
			"$BPFLOAD" pin "${sizes[@]}" "$PINS" "$object" \
				"${hook}_$form" ||
				exit $FAILED
		done
	done
	[ -z "$uid$pid$comm" ] || return 0
	# shellcheck disable=SC2086 # one word each
	hooks_attach_all ${hooks[$dir]}
}

trace()
{
	filter_words "${words[@]}"
	filter_defaults
	choose_returns
	need_root
	report_check
	build
	filter_compile
	netns_choose "$netns"
	filter_ports
	mount_fs bpf /sys/fs/bpf || exit $CANNOT
	mount_fs tracefs /sys/kernel/tracing || [ "$read" != pipe ] ||
		exit $CANNOT
	choose_read
	[ "$netns" = all ] || : "${ifaces:=$(route_iface "$address" "$dir")}"
	: "${ifaces:=any}"
	ifaces_choose "$ifaces" "$ifname"
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	runs_clean
	trap finish EXIT
	run_open
	[ "$read" != pipe ] || run_lock_pipe
	make_plan
	select_packets
	trap stop_loader INT TERM HUP
	run_trace
}

show()
{
	[ ${#words[@]} = 2 ] || wrong "show: one FILE is needed"
	report_check
	build
	report -- "${words[1]}"
}

# diff_paths: exit status 0 the same way, 1 another, 2 trouble, as diff(1)
diff_paths()
{
	[ ${#words[@]} = 3 ] || wrong "diff: two FILEs are needed"
	one_of -o "$output" text json
	(build) || exit $USAGE
	exec "$PATHREPORT" --diff -o "$output" $verbose $quiet \
		-- "${words[@]:1}"
}

# list_plan: what this kernel has of a list of functions
list_plan()
{
	local plan

	# shellcheck disable=SC2086 # all and quiet may be empty
	plan=$("$BPFLOAD" list -a "$attach" $all $quiet -f "$funcs") || exit $?
	awk -F '\t' <<<"$plan" '
		BEGIN { printf "%4s  %-36s %-10s %s\n", "NUM", "NAME", "HOW", "" }
		/^#/ { next }
		{ where = $4 == "skip" ? $16 : $5 != $2 ? "as " $5 : ""
		  printf "%4d  %-36s %-10s %s\n", $1, $2, $4, where }'
}

# list_found KIND [-t]: all functions that take a packet, or all tracepoints;
# with -v also those that are left out. Their numbers go to stderr.
list_found()
{
	local table

	table=$("$BPFLOAD" find "${@:2}") || exit $?
	awk -F '\t' -v kind="$1" -v verbose="$verbose" -v quiet="$quiet" \
		<<<"$table" '
		function line(name, arg, module, how) {
			printf "%-40s %-5s %-16s %s\n", name, arg, module, how
		}
		BEGIN { line("NAME", "ARG", "MODULE", "HOW") }
		/^#/ { next }
		{ count[$4]++ }
		$4 == "yes" { line($1, $2, $3, $5) }
		$4 == "no" { line($1, $2, $3, "no: " $6) }
		$4 == "noise" && verbose { line($1, $2, $3, "left out: " $6) }
		END {
			if (quiet) exit
			printf "bpfpath: %d %s take a packet and can be probed, " \
				"%d cannot; %d are left out%s\n", count["yes"], kind,
				count["no"], count["noise"],
				verbose ? "" : ", -v shows them" >"/dev/stderr"
		}'
}

# list: the options may also stand behind the word
list()
{
	parse_options "${words[@]:1}"
	[ ${#words[@]} = 0 ] || wrong "list: '${words[0]}' is one word too many"
	need_root
	build
	if [ "$tracepoints" ]; then
		list_found tracepoints -t
	elif [ "$funcs_given$all" ]; then
		list_plan
	else
		list_found functions
	fi
}

# demo: the options may also stand behind the word
demo()
{
	parse_options "${words[@]:1}"
	[ ${#words[@]} = 0 ] || wrong "demo: '${words[0]}' is one word too many"
	[ -z "$until_differs" ] || wrong "demo: not with --until-differs"
	need_root
	build
	exec "$ROOT/scripts/demo.sh" "$output" "${options[@]}"
}

alone()
{
	[ ${#words[@]} = 1 ] || wrong "${words[0]}: '${words[1]}' is one word too many"
}

main()
{
	parse_options "$@"
	case ${words[0]:-} in
	list) list ;;
	check) alone; need_root; build; "$BPFLOAD" check ;;
	clean) alone; need_root; runs_clean -v ;;
	demo) demo ;;
	show) show ;;
	diff) diff_paths ;;
	*) trace ;;
	esac
}

main "$@"
