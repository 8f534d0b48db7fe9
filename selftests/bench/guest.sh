#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# guest.sh CONFIG...: the part of run.sh that runs in the guest. Measures each
# configuration and prints a line for it, tab-separated, with "-" for what was
# not measured:
#
#	config  ns_nothing  ns_matched  functions  armed_ms  stop_ms  rss_kb  fds  why
#
# All files that a measured program opens lie in the guest's memory: waiting for
# the host would let the guest's clock jump.

set -eo pipefail

TOP=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
TOOLS=/tmp/tools	# the roots of other tracers
HERE=$TOP/selftests/bench
WORK=/tmp/bench
TRACEFS=/sys/kernel/tracing
DEBUGFS=/sys/kernel/debug

COUNT=2000		# packets in a measurement
EVERY=100		# one of so many matches
USUAL=10.9.0.1		# source address of the others
MATCHED=10.9.0.3
READER=10.9.0.2

tracer=			# a process that has been started
loader=			# its process whose memory and descriptors are counted
declare -A why=()	# by configuration: why it cannot be measured

# shellcheck source=scripts/table.sh
. "$TOP/scripts/table.sh"
# shellcheck source=selftests/bench/matched.sh
. "$HERE/matched.sh"

# set_up_net: two namespaces, joined by a veth pair, that know each other
set_up_net()
{
	local mac=02:00:00:00:00

	ip netns add sender
	ip netns add reader
	ip -n sender link add veth-s address $mac:01 type veth \
		peer name veth-r netns reader address $mac:02
	ip -n sender link set veth-s addrgenmode none
	ip -n reader link set veth-r addrgenmode none
	ip -n sender address add $USUAL/24 dev veth-s
	ip -n sender address add $MATCHED/24 dev veth-s
	ip -n reader address add $READER/24 dev veth-r
	ip -n sender link set veth-s up
	ip -n reader link set veth-r up
	ip -n sender neigh replace $READER dev veth-s lladdr $mac:02 nud permanent
}

# packets EVERY COMMAND...: ns per packet, of the program run by that command
packets()
{
	kill -STOP "$spinner"
	nsenter --net=/run/netns/sender "${@:2}" "$WORK/udp_cost" \
		/run/netns/reader $READER $USUAL $MATCHED "$1" $COUNT
	kill -CONT "$spinner"
}

# packets_alone: what a packet costs when nothing matches. In the way of the
# packet, that is: a tracer's own process gets no CPU meanwhile. ksoftirqd does:
# once it is woken, the kernel leaves all packets to it.
packets_alone()
{
	chrt -f -p 2 "$(pgrep -x ksoftirqd/0)"
	packets 0 chrt -f 1
	chrt -o -p 0 "$(pgrep -x ksoftirqd/0)"
}

# packets_read: ... when some match; with all that the tracer does with them
packets_read()
{
	packets $EVERY
}

# now_ms: sets "now"
now_ms()
{
	now=$((${EPOCHREALTIME/./} / 1000))
}

# set_command CONFIG: sets "command", "ready", which it says when armed, and
# "out", where its output goes
set_command()
{
	local words kind=

	out=$WORK/out
	read -ra words <<<"$1"
	if [[ ${words[-1]} = long || ${words[-1]} = matched ]]; then
		kind=${words[-1]}
		unset 'words[-1]'
	fi
	case ${words[0]} in
	pwru)
		ready='Listening for events'
		command=(chroot "$TOOLS/pwru" pwru "${words[@]:1}"
			"udp and src host $MATCHED") ;;
	bpftrace)
		# it starts a command (-c) when all is attached
		ready='tracing '
		out=$WORK/talk
		command=(chroot "$TOOLS/bpftrace" bpftrace -e "$(counters)"
			-c '/bin/busybox sh /tracing') ;;
	*)
		ready='tracing '
		set_ours "$kind" "${words[@]}" ;;
	esac
}

# set_ours KIND ATTACH OPTION...: sets "command" for bpfpath.sh. Of "long", an
# expression of 20 terms, of which the last but one decides, and of "matched", it
# looks at packets where the sender makes them; else where they arrive.
set_ours()
{
	command=("$TOP/bpfpath.sh" -c 0 -a "${@:2}")
	case $1 in
	long) command+=(-N sender -i veth-s "$(long_filter)") ;;
	matched) command+=(-b 1M -N sender -i veth-s
		"udp and src host $MATCHED") ;;
	*) command+=(-N reader -i veth-r udp "$MATCHED") ;;
	esac
}

# long_filter: 20 terms
long_filter()
{
	local port terms=

	for port in {1..18}; do
		terms+="udp dst port $((7000 + port)) or "
	done
	echo "($terms tcp) or (udp and src host $MATCHED)"
}

# default_functions: those of the default list that a kprobe reaches, a line each
default_functions()
{
	"$TOP/build/bpfload" list --attach kprobe --functions "$TOP/kp_funcs.list" |
		rows how=kprobe symbol
}

# counters: a program for bpftrace that counts the calls of each of them
counters()
{
	default_functions | sed 's/.*/kprobe:& { @ = count(); }/'
}

# start_tracer CONFIG: until it is armed; else sets why[CONFIG]
start_tracer()
{
	local command ready out line said=

	set_command "$1"
	rm -f "$WORK/talk"
	mkfifo "$WORK/talk"
	: >"$WORK/out"
	env --default-signal=INT "${command[@]}" \
		2>"$WORK/talk" >>"$out" &
	tracer=$!
	exec 4<"$WORK/talk"
	while read -r -t 300 line <&4; do
		[[ $line != *"$ready"* ]] || break
		: "${said:=$line}"
	done
	if [[ $line != *"$ready"* ]]; then
		why[$1]=${said:-it does not start}
		wait "$tracer" || true
		return 1
	fi
	# what else it says is of no interest
	cat <&4 >/dev/null &
	exec 4<&-
}

stop_tracer()
{
	kill -INT "$tracer"
	wait "$tracer" || true
}

# set_loader: the driver's child, the tracer itself for other programs
set_loader()
{
	local pid

	loader=$tracer
	for pid in $(pgrep -P "$tracer" -x bpfload); do
		! grep -qzx trace "/proc/$pid/cmdline" || loader=$pid
	done
}

# count_functions: all that the kernel has a probe on
count_functions()
{
	local ftrace kprobes tracepoints

	ftrace=$(grep -c "^[^[:space:]]" "$TRACEFS/enabled_functions" || true)
	kprobes=$(grep -vc FTRACE "$DEBUGFS/kprobes/list" || true)
	tracepoints=$(cat /run/bpfpath/runs/*/plan 2>/dev/null |
		rows how=tracepoint num | wc -l)
	echo $((ftrace + kprobes + tracepoints))
}

# measure CONFIG: prints its line
measure()
{
	local start now armed nothing matched functions rss fds

	now_ms
	start=$now
	start_tracer "$1" || return 0
	now_ms
	armed=$((now - start))
	set_loader
	functions=$(count_functions)
	nothing=$(packets_alone)
	matched=$(packets_read)
	rss=$(awk '$1 == "VmHWM:" { print $2 }' "/proc/$loader/status")
	fds=$(find "/proc/$loader/fd" -mindepth 1 | wc -l)
	now_ms
	start=$now
	stop_tracer
	now_ms
	row "$1" "$nothing" "$matched" "$functions" "$armed" $((now - start)) \
		"$rss" "$fds" ""
}

row()
{
	local IFS=$'\t'

	printf '%s\n' "$*"
}

# keep_busy: a guest that waits for its host with nothing else to do would let
# its clock jump to the next timer
keep_busy()
{
	chrt -i 0 bash -c 'while :; do :; done' &
	spinner=$!
}

# warm_up CONFIG...: what is to be compiled is compiled, on the host; modules
# that are missing are loaded
warm_up()
{
	local config

	for config; do
		[[ $config != none* && ! -d $TOOLS/${config%% *} &&
			-z ${why[$config]} ]] || continue
		! start_tracer "$config" || stop_tracer
	done
}

# set_up_tool NAME: its root, with the kernel's file systems; the host has fetched
# it, or says why not
set_up_tool()
{
	local dir

	if [ -s "$BPFPATH_JOBS/$1.why" ]; then
		why[$1]=$(<"$BPFPATH_JOBS/$1.why")
		return
	fi
	cp -a "$(<"$BPFPATH_JOBS/$1.root")" "$TOOLS/$1"
	cp "$(type -P busybox)" "$TOOLS/$1/bin/busybox"
	echo 'echo tracing all; exec /bin/busybox sleep 9999' >"$TOOLS/$1/tracing"
	for dir in proc sys dev; do
		mount --rbind "/$dir" "$TOOLS/$1/$dir"
	done
}

set_up_tools()
{
	local config name

	for config; do
		name=${config%% *}
		[[ $name = pwru || $name = bpftrace ]] || continue
		[ -d "$TOOLS/$name" ] || set_up_tool "$name"
		why[$config]=${why[$name]}
	done
}

# copy_files: bpfpath, without what is only for tests, and the headers that
# setup.sh looks for are in memory from here on. The host's clock, not the guest's,
# gives the times of files in shared directories; there, files.tar was made just
# before the guest was started.
copy_files()
{
	mkdir "$WORK/include" "$WORK/top"
	tar -C "$WORK/include" -xf "$BPFPATH_JOBS/include.tar"
	tar -C "$TOP" -c --format=posix --exclude=.git --exclude=./build/asan \
		--exclude=./build/tests --exclude=./build/logs . |
		tar -C "$WORK/top" -x
	mount --bind "$WORK/include" /usr/include
	mount --bind "$WORK/top" "$TOP"
}

measure_any()
{
	case $1 in
	none) row none "$(packets_alone)" "$(packets_read)" 0 - - - - "" ;;
	'none matched') row "$1" "$(burst $USUAL)" - - - - - "" ;;
	*matched) measure_matched "$1" ;;
	*) measure "$1" ;;
	esac
}

main()
{
	local config

	mount -t tracefs tracefs $TRACEFS 2>/dev/null || true
	mount -t debugfs debugfs $DEBUGFS 2>/dev/null || true
	mkdir "$WORK" "$TOOLS"
	cp "$TOP/build/bench/udp_cost" "$TOP/build/bench/udp_paced" "$WORK"
	# a module that comes later makes the next run read all symbols again
	modprobe -a sch_ingress cls_bpf
	set_up_net
	keep_busy
	set_up_tools "$@"
	warm_up "$@"
	copy_files
	for config; do
		if [ -z "${why[$config]}" ]; then
			measure_any "$config"
		fi
		[ -z "${why[$config]}" ] ||
			row "$config" - - - - - - - "${why[$config]}"
	done
	kill "$spinner"
}

main "$@"
