#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: functions where they return: the tree of calls, times, results
# requires: root kprobes
# also: forky-arm64
# All kernels: each has other mechanisms to probe returns.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/together.sh"
plan 36

TREE=$TOP/selftests/e2e/tree.awk
SHOW=("$BPFPATH" -o tree show)

new_lab || exit 1
B_MAC=$(mac_of "$NS_B" veth-b)
ON_B=(-N "$NS_B" -i veth-b -d in)
# There a guest is slow.
[ "$(uname -m)" != aarch64 ] || {
	{ cat "$TOP/selftests/e2e/few.list"; printf '%s 0\n' ip_rcv_core \
		ip_local_deliver_finish ping_rcv; } >"$TMP/list"
	ON_B+=(-f "$TMP/list")
}

# has_multi: kprobe.multi, with returns
has_multi()
{
	grep -qE '^attach +multi +yes' <("$BPFPATH" check 2>/dev/null)
}

# tree_of NAME NUMBER: the tree of that packet of its records; the packet's own
# records are in NAME.saved
tree_of()
{
	awk -v packet="$2" "$AWK_COLUMNS"'/^#/ || $at["packet"] == packet' \
		"$TMP/$1.all" >"$TMP/$1.saved"
	"${SHOW[@]}" "$TMP/$1.saved" >"$TMP/$1.tree"
	sed "s/^/$1: /" "$TMP/$1.tree" >&2
}

# calls: of a tree on stdin, or of function_graph's, the line "DEPTH FUNCTION" for
# each call of and within the first of ip_rcv()
calls()
{
	awk -F '|' '
		NF < 2 || $2 ~ /^ *\/\*/ { next }
		{ match($2, /^ */); depth = (RLENGTH - 2) / 2 }
		$2 ~ /ip_rcv\(\) \{/ && !inside { inside = 1; base = depth }
		inside && $2 ~ /\(\)/ {
			name = $2
			gsub(/^ *|\(\).*/, "", name)
			sub(/\..*/, "", name)
			print depth - base, name
		}
		inside && $2 ~ /^ *\}/ && depth == base { exit }'
}

# agree NAME: its records are consistent, and all has returned
agree()
{
	local talk

	talk=$(awk "$AWK_COLUMNS$(<"$TREE")" "$TMP/$1.saved") && return
	diag "$1: $talk"
	return 1
}

# ---------------------------------------------------------------- the traces

SAVED=all
OPTIONS=("${ON_B[@]}" -o records -R -c 2 -w "$PATIENCE")
FILTER=(icmp 10.0.0.2)

# begin_by NAME: a trace with returns, attached by that mechanism
begin_by()
{
	begin "$1" -a "$1" -W "$TMP/$1.all"
}

# An echo request that B does not answer, and one that is not for it.
on B sysctl -q -w net.ipv4.icmp_echo_ignore_all=1
begin_by kprobe
begin_by fentry
! has_multi || begin_by multi
ping_peer 10.0.0.1
set_neighbours "$NS_A" macvlan-a 02:00:00:00:00:99 10.0.0.1
ping_peer 10.0.0.1
set_neighbours "$NS_A" macvlan-a "$B_MAC" 10.0.0.1

# ---------------------------------------------------------------- delivered, dropped

# seen_by NAME: what that trace has seen
seen_by()
{
	finish "$1"
	tree_of "$1" 1
	ok "$1: every function returns, times fit" agree "$1"
	calls <"$TMP/$1.tree" >"$TMP/$1.calls"
	like "$(<"$TMP/$1.calls")" '^0 ip_rcv'$'\n1 ip_rcv_core\n' \
		"$1: ip_rcv calls ip_rcv_core"
	like "$(<"$TMP/$1.calls")" $'\n[1-9] icmp_rcv' \
		"$1: icmp_rcv is within ip_rcv"
	like "$(<"$TMP/$1.tree")" '\} /\* ip_rcv = NET_RX_SUCCESS' \
		"$1: what ip_rcv returns"
	unlike "$(<"$TMP/$1.tree")" 'not seen to' "$1: nothing is missing"
	like "$(grep '^packet 1: .* us,' "$TMP/$1.tree")" ', complete$' \
		"$1: and the verdict"
	tree_of "$1" 2
	ok "$1, dropped: every function returns, times fit" agree "$1"
	like "$(<"$TMP/$1.tree")" ' ip_rcv_core\(\)( \{|; /\* = NULL \*/)' \
		"$1, dropped: what ip_rcv_core returns"
	like "$(<"$TMP/$1.tree")" '\} /\* ip_rcv = NET_RX_DROP \*/' \
		"$1, dropped: what ip_rcv returns"
	like "$(<"$TMP/$1.tree")" 'dropped .*ip_rcv_core' \
		"$1, dropped: the place is the same as without returns"
}

seen_by kprobe
seen_by fentry
if has_multi; then
	seen_by multi
else
	for what in status consistent core icmp result missing verdict \
			{consistent,core,result,place}", dropped"; do
		skip "multi: $what" "no kprobe.multi on $(uname -r)"
	done
fi
is "$(<"$TMP/fentry.calls")" "$(<"$TMP/kprobe.calls")" \
	"fentry: the same calls as kprobe"

# ---------------------------------------------------------------- function_graph

TRACING=/sys/kernel/tracing

# has_function_graph: and it is not in use
has_function_graph()
{
	mountpoint -q "$TRACING" || mount -t tracefs tracefs "$TRACING"
	grep -qw function_graph "$TRACING/available_tracers" 2>/dev/null &&
		[ "$(<"$TRACING/current_tracer")" = nop ]
}

# names FILE: as ftrace knows the functions of its calls
names()
{
	awk 'NR == FNR { wanted[$2]; next }
		{ name = $1; sub(/\..*/, "", name) }
		name in wanted { print $1 }' "$1" "$TRACING/available_filter_functions"
}

stop_function_graph()
{
	echo nop >"$TRACING/current_tracer"
	echo >"$TRACING/set_ftrace_filter"
}

# graph NAME: function_graph of the same functions for one more ping
graph()
{
	names "$TMP/$1.calls" >"$TRACING/set_ftrace_filter" 2>/dev/null
	echo function_graph >"$TRACING/current_tracer"
	ping_peer 10.0.0.1
	cat "$TRACING/trace" >"$TMP/graph"
	stop_function_graph
	calls <"$TMP/graph"
}

if has_function_graph; then
	is "$(graph kprobe)" "$(<"$TMP/kprobe.calls")" \
		"function_graph sees the same calls"
else
	skip "function_graph sees the same calls" "no such tracer, or in use"
fi

no_leftovers "nothing is left"
