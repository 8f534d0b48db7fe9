#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: -s tcx; who goes in front during a run; where clsact cannot be had
# requires: root cmd:jq tool:hook
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"

PINNED=/sys/fs/bpf/somebody$$

# says NAME TEXT: the trace NAME has said it
says()
{
	grep -qE -- "$2" "$TMP/$1.err"
}

# said NAME: what it has said of how packets are selected, without ids
said()
{
	grep 'selected\( \|$\)\|in front' "$TMP/$1.err" | grep -v 'packets\? selected:' |
		sed 's/^bpfpath: //; s/ (ids\? [^)]*)//'
}

mount_quietly
if ! has_tcx; then
	plan 7
	new_lab || exit 1
	RECORDS=("${FEW[@]}" -N "$NS_B" -d in -o records -w "$PATIENCE")
	capture "$BPFPATH" "${FEW[@]}" -N "$NS_B" -s tcx -w 1 icmp
	is "$STATUS" 4 "a kernel without tcx: -s tcx: exit status"
	is "$(grep -c 'this kernel has no tcx; it needs Linux 6.6 or newer' <<<"$err")" 1 \
		"a kernel without tcx: message"
	like "$("$BPFPATH" check)" 'select  tcx  *no' "a kernel without tcx: check"
	no_leftovers "a kernel without tcx: nothing is left"
	on B tc qdisc add dev veth-b clsact
	on B tc filter add dev veth-b ingress pref 1 protocol ip u32 match u32 0 0 flowid 1:1
	trace late ping_peer 10.0.0.1 -- "${RECORDS[@]}" -i veth-b icmp
	is "$STATUS|$(said late)" \
		"0|veth-b ingress: selected by receive, in front of tc filter 'u32' (preference 1)" \
		"a kernel without tcx: somebody in front: receive"
	trace clsact ping_peer 10.0.0.1 -- "${RECORDS[@]}" -i veth-b -s clsact -w 0.5 icmp
	is "$(said clsact | uniq -c | sed 's/^ *//')" \
		"2 veth-b ingress: tc filter 'u32' (preference 1) stands in front: packets that it takes are not selected" \
		"a kernel without tcx: -s clsact: who stands in front, and again without a packet"
	on B tc qdisc del dev veth-b clsact
	on B tc qdisc add dev veth-b ingress
	trace qdisc ping_peer 10.0.0.1 -- "${FEW[@]}" -N "$NS_B" -i veth-b -o records \
		-w "$PATIENCE" icmp
	is "$STATUS|$(said qdisc)" "0|veth-b egress: selected by receive: it has an ingress qdisc" \
		"a kernel without tcx: an ingress qdisc: receive"
	exit
fi
others=()	# programs of somebody else

plan 33
new_lab || exit 1
trap 'rm -f "$PINNED"; clean_up' EXIT
RECORDS=(-a tracepoint "${FEW[@]}" -N "$NS_B" -d in -o records -w "$PATIENCE")

# links: how many links and programs of runs there are
links()
{
	find /sys/fs/bpf/bpfpath -path '*/tcx/*' 2>/dev/null | wc -l
}

# says_lines NAME COUNT: the trace NAME has said so much of that
says_lines()
{
	[ "$(said "$1" | wc -l)" = "$2" ]
}

# has_links COUNT
has_links()
{
	[ "$(links)" = "$1" ]
}

# in_front NAME: somebody goes in front at ingress of veth-b
in_front()
{
	local PID	# that of the trace stays

	serve B "$1" "$TOOLS/hook" ingress first veth-b 1
	others+=("$LISTENING")
}

# go_away: all that have gone in front
go_away()
{
	local pid

	for pid in "${others[@]}"; do
		kill "$pid"
		wait_end "$pid" 2>/dev/null
	done
	others=()
}

# shot: an echo request that somebody's program drops
shot()
{
	on A ping -n -c 1 -W 0.1 -t 101 10.0.0.1 >/dev/null 2>&1
}

# ---------------------------------------------------------------- -s tcx

like "$("$BPFPATH" check)" 'select  tcx  *yes' "check"
trace tcx ping_peer 10.0.0.1 -- "${RECORDS[@]}" -i any -s tcx icmp
is "$STATUS" 0 "-s tcx: exit status"
is "$(records tcx select func | sort | uniq -c | xargs)" "1 ingress" "-s tcx: a packet is selected"
is "$(said tcx)" "" "-s tcx: nobody in front, and nothing is said"
no_leftovers "-s tcx: nothing is left"

start_trace both -a tracepoint "${FEW[@]}" -N "$NS_B" -o records -i veth-b -s tcx -c 2 -w "$PATIENCE" icmp
is "$(tc_state "$NS_B")" "" "-s tcx: no qdisc is made"
is "$(links)" 2 "-s tcx: a link for each hook"
ping_peer 10.0.0.1
end_trace both
is "$STATUS" 0 "-s tcx: both directions: exit status"
is "$(links)" 0 "-s tcx: the links are gone"

# ---------------------------------------------------------------- during a run

start_trace again "${RECORDS[@]}" -i veth-b -c 2 icmp
is "$(links)" 0 "nobody is in front: clsact"
in_front first
ok "somebody goes in front: it is said" wait_for "$PATIENCE" says again \
	"veth-b ingress: program 'somebody' .id [0-9]+. went in front during the run: selected by tcx, before it, from now on"
unlike "$(tc_state "$NS_B")" bpfpath "somebody goes in front: the filter of tc has gone"
shot
in_front second
ok "another one goes in front" wait_for "$PATIENCE" says_lines again 2
shot
end_trace again
is "$STATUS" 0 "somebody goes in front: exit status"
is "$(records again select func | xargs)" "ingress ingress" \
	"somebody goes in front: what it drops is selected"
no_leftovers "somebody goes in front: nothing is left"
go_away

# Somebody who always goes to the head again
start_trace fight "${RECORDS[@]}" -i veth-b -s tcx -c 0 icmp
for ((i = 1; i <= 4; i++)); do
	in_front "fighter$i"
	wait_for "$PATIENCE" says_lines fight "$i"
done
is "$(said fight | sed 's/.*: //' | uniq -c | sed 's/^ *//')" \
"3 selected by tcx, before it, from now on
1 packets that it takes are not selected" "who goes in front again and again is named in the end"
kill -INT "$PID"
end_trace fight
go_away

start_trace warned "${RECORDS[@]}" -i veth-b -s clsact -c 0 icmp
in_front warner
ok "-s clsact: who goes in front is named" wait_for "$PATIENCE" says warned \
	"veth-b ingress: program 'somebody' .id [0-9]+. went in front during the run: packets that it takes are not selected"
kill -INT "$PID"
end_trace warned

trace clsact ping_peer 10.0.0.1 -- "${RECORDS[@]}" -i veth-b -s clsact icmp
is "$(said clsact)" \
	"veth-b ingress: program 'somebody' stands in front: packets that it takes are not selected" \
	"-s clsact: who stands in front is named"
trace quiet ping_peer 10.0.0.1 -- "${RECORDS[@]}" -i veth-b -q icmp
is "$(said quiet)" "" "-q: what was taken is not said"
go_away

# ---------------------------------------------------------------- interfaces come and go

start_trace appears "${RECORDS[@]}" -i any -s tcx -c 0 icmp
before=$(links)
ip -n "$NS_B" link add new0 type veth peer name new1
ok "interfaces that appear get a link" wait_for "$PATIENCE" has_links $((before + 2))
ip -n "$NS_B" link del new0
ok "what is gone has none" wait_for "$PATIENCE" has_links "$before"
kill -INT "$PID"
end_trace appears
no_leftovers "interfaces that come and go: nothing is left"

# ---------------------------------------------------------------- killed

start_trace killed "${RECORDS[@]}" -i veth-b -s tcx icmp
mapfile -t victims < <(descendants "$PID")
kill -9 "$PID" "${victims[@]}"
wait "$PID" 2>/dev/null
is "$(links)" 1 "killed: the link stays"
ok "killed: packets pass" ping_peer 10.0.0.1
"$BPFPATH" clean 2>/dev/null
no_leftovers "killed: clean removes it"

# ---------------------------------------------------------------- no clsact

on B tc qdisc add dev veth-b ingress
trace qdisc ping_peer 10.0.0.1 -- -a tracepoint "${FEW[@]}" -N "$NS_B" -i veth-b -o records \
	-w "$PATIENCE" -c 2 icmp
is "$(said qdisc)" "veth-b egress: selected by tcx: it has an ingress qdisc" \
	"an ingress qdisc: packets that leave are selected by tcx"
is "$STATUS" 0 "an ingress qdisc: exit status"
is "$(on B tc qdisc show dev veth-b ingress | cut -d' ' -f1,2)" "qdisc ingress" \
	"an ingress qdisc: it stays"
on B tc qdisc del dev veth-b ingress

# tc that knows no such classifier, as in a kernel without CONFIG_NET_CLS_BPF
mkdir "$TMP/bin"
cat >"$TMP/bin/tc" <<END
#!/bin/bash
if [[ \$* = *-batch* ]]; then
	batch=\$(cat)
	exec $(type -P tc) "\$@" <<<"\${batch// bpf direct-action*/ nonsense}"
fi
exec $(type -P tc) "\$@"
END
chmod +x "$TMP/bin/tc"
PATH=$TMP/bin:$PATH trace unknown ping_peer 10.0.0.1 -- "${RECORDS[@]}" -i veth-b icmp
is "$STATUS" 0 "no classifier of BPF: exit status"
like "$(said unknown)" \
	'veth-b ingress: selected by tcx: ' "no classifier of BPF: tcx"
no_leftovers "no classifier of BPF: nothing is left"

# ---------------------------------------------------------------- XDP

if type -P clang >/dev/null &&
	clang -O2 -g -target bpf "-I/usr/include/$(uname -m)-linux-gnu" \
		-c "$TOP/selftests/e2e/xdp.c" -o "$TMP/pass.o" &&
	ip -n "$NS_B" link set veth-b xdpgeneric object "$TMP/pass.o" section xdp; then
	trace xdp ping_peer 10.0.0.1 -- "${RECORDS[@]}" -i veth-b icmp
	is "$STATUS $(grep 'of XDP' "$TMP/xdp.err" | sed 's/ (id [0-9]*)//')" \
		"0 bpfpath: veth-b ingress: program 'pass' of XDP sees packets first" \
		"XDP: the program is named"
else
	skip "XDP: the program is named" "no clang here, or no XDP"
fi
