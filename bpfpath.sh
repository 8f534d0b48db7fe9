#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# bpfpath.sh: show the path of a network packet through the Linux kernel.
# Documentation/bpfpath.8 tells all about its use, Documentation/design.md how
# the parts play together.

set -eo pipefail

export PATH="${PATH:+$PATH:}/usr/local/sbin:/usr/sbin:/sbin"
unset CDPATH	# with it, cd prints

VERSION=0.2	# the one place; packages have it from here
SELF=${BASH_SOURCE[0]}
[ ! -L "$SELF" ] || SELF=$(readlink -f "$SELF")

# Where the parts are; "make install" puts other directories here.
ROOT=$(cd "${SELF%"${SELF##*/}"}." && pwd)
PROGRAMS=$ROOT/build
OBJECTS=${BPFPATH_OBJECTS:-$ROOT/build/bpf/$(uname -m)}
LISTS=	# of the machine: they go before those of ROOT

BPFLOAD=$PROGRAMS/bpfload
PATHREPORT=$PROGRAMS/pathreport

# Exit statuses, as in the man page.
FAILED=1 USAGE=2 NO_PACKET=3 CANNOT=4

# At which hooks there are classifiers: by --dir.
declare -A CLASSIFIERS=([in]=ingress [out]=egress [both]='ingress egress')

# The run.
loader_pid=
report_pid=
signalled=	# by the first signal: the status, …
signalled_at=	# … and when, in microseconds

# shellcheck source=scripts/options.sh
. "$ROOT/scripts/options.sh"
# shellcheck source=scripts/usage.sh
. "$ROOT/scripts/usage.sh"
# shellcheck source=scripts/needs.sh
. "$ROOT/scripts/needs.sh"
# shellcheck source=scripts/table.sh
. "$ROOT/scripts/table.sh"
# shellcheck source=scripts/filter.sh
. "$ROOT/scripts/filter.sh"
# shellcheck source=scripts/runs.sh
. "$ROOT/scripts/runs.sh"
# shellcheck source=scripts/tc.sh
. "$ROOT/scripts/tc.sh"
# shellcheck source=scripts/ifaces.sh
. "$ROOT/scripts/ifaces.sh"
# shellcheck source=scripts/hooks.sh
. "$ROOT/scripts/hooks.sh"
# shellcheck source=scripts/front.sh
. "$ROOT/scripts/front.sh"
# shellcheck source=scripts/tcx.sh
. "$ROOT/scripts/tcx.sh"
# shellcheck source=scripts/receive.sh
. "$ROOT/scripts/receive.sh"
# shellcheck source=scripts/exec.sh
. "$ROOT/scripts/exec.sh"
# shellcheck source=scripts/list.sh
. "$ROOT/scripts/list.sh"
# shellcheck source=scripts/follow.sh
. "$ROOT/scripts/follow.sh"
# shellcheck source=scripts/report.sh
. "$ROOT/scripts/report.sh"
# shellcheck source=scripts/nomatch.sh
. "$ROOT/scripts/nomatch.sh"

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

# setup: installs what building and a run need, and builds
setup()
{
	has_sources || die "setup: is for a source tree, here all is built"
	"$ROOT/scripts/setup.sh" run || exit $FAILED
	is_built && return
	say "building bpfpath"
	make -j "$(nproc)" -C "$ROOT" >&2 || die "bpfpath does not build"
}

# choose_returns: sets "returns" for -o tree, which is made of them. A probe of a return
# replaces the return address, by which --aside knows a function: the two exclude each
# other.
choose_returns()
{
	[ "$output" != tree ] || returns=1
	[[ -z $returns || -z $aside ]] ||
		wrong "--aside: not together with -R or -o tree"
}

# start_loader: records flow from the loader into the report. Neither holds the
# run's lock: it must be free when this shell is killed.
start_loader()
{
	local FROM TO

	run_pipe records
	(trap '' INT; exec {LOCK_FD}>&- {TO}>&-; report) <&"$FROM" {FROM}<&- &
	report_pid=$!
	[ -z "$exec_command" ] || exec_open
	"$BPFLOAD" trace --pins "$PINS" --plan "$RUN/plan" \
		--objects "$OBJECTS" "${settings[@]}" --read "$read" \
		--packets "$count" --wait "$wait" --selects "$FILTER_TEXT" \
		${bytes:+--bytes "$bytes"} ${stack:+--stack "$stack"} ${btf:+--btf "$btf"} \
		--unmatched "$RUN/unmatched" ${exec_to:+--ready-fd "$exec_to"} \
		${ready_fd:+--ready-fd "$ready_fd"} \
		${verbose:+--verbose} ${quiet:+--quiet} \
		>&"$TO" {TO}>&- {FROM}<&- {LOCK_FD}>&- &
	loader_pid=$!
	exec {FROM}<&- {TO}>&-
	[ -z "$signalled" ] || stop_loader
	[ -z "$exec_command" ] || exec_start
}

stop_loader()
{
	[ -z "$loader_pid" ] || kill -TERM "$loader_pid" 2>/dev/null || true
}

# end_run STATUS: called on a signal: nothing more is selected, and the packets so far are
# printed, with a deadline where nobody reads them (report/input/patient.c). A second
# signal ends that, too; signals within half a second count as one (Ctrl-C, timeout(1)).
end_run()
{
	local now=${EPOCHREALTIME/[.,]/}

	if [ -z "$signalled" ]; then
		signalled=$1 signalled_at=$now
		stop_loader
		[ -z "$report_pid" ] || kill -USR1 "$report_pid" 2>/dev/null || true
	elif [ $((now - signalled_at)) -gt 500000 ] && [ "$report_pid" ]; then
		kill -TERM "$report_pid" 2>/dev/null || true
	fi
}

# finish: undoes what the run has done, whatever signal comes meanwhile
finish()
{
	trap '' INT TERM HUP
	limit_end
	stop_loader
	exec_end
	run_close
}

run_trace()
{
	local status=0 report_status=0

	start_loader
	wait_for "$loader_pid" || status=$?
	loader_pid=
	exec_end
	wait_for "$report_pid" || report_status=$?
	report_pid=
	[ $status -le 128 ] || limit_missed
	[ $status -le 128 ] || return "${signalled:-$status}"
	[ $report_status -le 128 ] || {
		say "the output ends here"
		report_status=$FAILED
	}
	[ $status != 1 ] || status=$FAILED
	[ $report_status != $FAILED ] || return $FAILED
	[ $status != $NO_PACKET ] || no_packet
	[ $status = 0 ] || return $status
	return $report_status
}

# has_outputs: succeeds when the plan has output probes
has_outputs()
{
	local stages

	stages=$(rows how!=skip stage <"$RUN/plan") ||
		die "$RUN/plan: cannot be read"
	[[ $stages == *[!0$'\n']* ]]
}

# selects_at_xdp: succeeds when what comes to XDP programs is to be selected there
selects_at_xdp()
{
	[[ $dir != out && ! $uid$pid$comm ]] && [[ $select = auto || $select = receive ]]
}

# make_plan: writes what can be probed here (RUN/plan) and what programs must know
# (RUN/constants); replaces "auto" in "read" by a way of reading
make_plan()
{
	local list=''
	local -a flags

	receive_flags
	[ "$dir" = in ] || list=$ROOT/bpf/output_probes.list
	read=$("$BPFLOAD" list --attach "$attach" --read "$read" \
		${all:+--all} ${returns:+--returns} ${quiet:+--quiet} \
		--functions "$funcs" --ends "$ROOT/kp_funcs.list" \
		--copy-sites "$ROOT/bpf/copy_sites.list" \
		--merge-sites "$ROOT/bpf/merge_sites.list" \
		${aside:+--callees "$aside"} ${list:+--output-probes "$list"} \
		${btf:+--btf "$btf"} "${flags[@]}" \
		--constants "$RUN/constants" --plan "$RUN/plan") || exit $?
	[ -z "$uid$pid$comm" ] || has_outputs || {
		say "user and process of a packet are not known without probes" \
			"on the output path, which need BTF"
		exit $CANNOT
	}
	check_more
	check_aside
	own_objects
	filter_settings
}

# pin_programs [SUFFIX]: pins a classifier for each hook, and for each form of packets, as
# PINS/HOOK_FORM, and the maps of the run
pin_programs()
{
	local hook form
	local -a programs=()
	local -A is=([ingress]=0 [egress]=1 [ether]=0 [l3]=1)
	local -a sizes=(--map-size "skb_map=$table"
		--map-size "family_map=$((2 * table))")

	[ "$read" != ring ] || sizes+=(--map-size "events=$buffer")
	[ "$select" = receive ] || for hook in ${CLASSIFIERS[$dir]}; do
		for form in ether l3; do
			[ "${NO_FORM[$form]+no}" ] ||
				programs+=("${hook}_$form${1:-},egress=${is[$hook]},no_l2=${is[$form]}")
		done
	done
	"$BPFLOAD" pin "${settings[@]}" "${sizes[@]}" "${entries[@]}" \
		"$PINS" "$OBJECTS/classifier.o" "${programs[@]}"
}

# select_packets: attaches the classifier, still disarmed, to all chosen interfaces. Only
# output probes know a packet's user and process
select_packets()
{
	pin_programs || exit $FAILED
	[ -z "$uid$pid$comm" ] || {
		netdevs_end
		return 0
	}
	[ "$select" != receive ] || {
		receive_start
		return
	}
	# shellcheck disable=SC2086 # one word each
	hooks_attach_all ${CLASSIFIERS[$dir]}
}

trace()
{
	filter_words "${words[@]}"
	resolve_process
	limit_open
	filter_defaults
	choose_returns
	need_root
	report_check
	need_built
	need ip nsenter flock awk
	[[ $select = receive || $select = tcx ]] || need tc
	btf_choose
	filter_compile
	fields_find
	filter_text
	netns_choose "$netns"
	mount_fs bpf /sys/fs/bpf || exit $CANNOT
	mount_fs tracefs /sys/kernel/tracing || [ "$read" != pipe ] ||
		exit $CANNOT
	[ "$netns" = all ] || [ "$ifaces" ] || [ "$select" = receive ] ||
		ifaces=$(route_iface "$address" "$dir") || ifaces=
	: "${ifaces:=any}"
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap finish EXIT
	run_open
	ifaces_choose "$ifaces" "$ifname"
	auto_receive
	make_plan
	[ "$read" != pipe ] || run_lock_pipe
	select_packets
	trap '' USR1
	trap 'end_run 129' HUP
	trap 'end_run 130' INT
	trap 'end_run 143' TERM
	prepared
	run_trace
}

show()
{
	[ ${#words[@]} = 2 ] || wrong "show: one FILE is needed"
	report_check
	need_built
	report -- "${words[1]}"
}

# diff_paths: becomes "pathreport --diff"; exit status 0: the same routes, 1: others,
# 2: trouble, as diff(1)
diff_paths()
{
	[ ${#words[@]} = 3 ] || wrong "diff: two FILEs are needed"
	one_of -o "$output" text json
	(need_built) || exit $USAGE
	exec "$PATHREPORT" --diff -o "$output" --data "$ROOT/data" $verbose $quiet \
		-- "${words[@]:1}"
}

demo()
{
	alone
	[ -z "$until_differs" ] || wrong "demo: not with --until-differs"
	need_root
	is_built || setup
	need ip nsenter ping
	exec "$ROOT/scripts/demo.sh" "$(realpath "$SELF")" "$output" "${options[@]}"
}

alone()
{
	[ ${#words[@]} = 1 ] || wrong "${words[0]}: '${words[1]}' is one word too many"
}

main()
{
	parse_options "$@"
	case ${words[0]:-} in
	help) alone; usage ;;
	version) alone; version ;;
	list) list ;;
	check) alone; need_root; need_built; "$BPFLOAD" check ;;
	setup) alone; setup ;;
	clean) alone; need_root; runs_clean ;;
	demo) demo ;;
	show) show ;;
	diff) diff_paths ;;
	*) trace ;;
	esac
}

main "$@"
