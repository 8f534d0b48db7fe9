#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: programs of tc, tcx and netkit that others have attached are steps, with their
# verdicts
# requires: root cmd:jq tool:hook
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"

VERDICTS=(OK SHOT PIPE STOLEN UNSPEC "REDIRECT to @" "REDIRECT to the peer of @"
	"REDIRECT to a neighbour at @" UNSPEC)	# of hook.c, in their order
TCX=100 TC=110 NETKIT=120 EGRESS=130	# by TTL: of the first verdict of each
PINNED=/sys/fs/bpf/somebody$$

# filter NODE IFNAME HOOK TO FIRST
filter()
{
	"$TOOLS/hook" pin "$PINNED" "$4" "$5" || exit 1
	on "$1" tc qdisc add dev "$2" clsact &&
		on "$1" tc filter add dev "$2" "$3" pref 10 bpf direct-action \
			object-pinned "$PINNED" || exit 1
	rm "$PINNED"
}

# send NODE ADDRESS FIRST: an echo request for each verdict
send()
{
	local i

	for i in "${!VERDICTS[@]}"; do
		on "$1" ping -n -c 1 -W 0.1 -t $(($3 + i)) "$2" >/dev/null 2>&1
	done
}

# steps NAME PACKET: the programs that it has passed
steps()
{
	"$BPFPATH" show -o json "$TMP/$1.out" | jq -rs --argjson n "$2" '
		[.[] | select(.packet == $n).events[] | select(.prog)] | sort_by(.ns) |
		map(.func + " " + .module + " " + .hook + " " + .verdict) | join("; ")'
}

# step HOOK VERDICT: as steps() has it
step()
{
	echo "somebodys_classifier bpf $1 TC_ACT_$2"
}

# decide NAME FROM HOOK BEFORE GOES_ON TO: packets from number FROM on have the verdicts
# at that hook, behind the steps BEFORE; those that the hook takes for none have the step
# GOES_ON as well
decide()
{
	local i verdict want

	for i in "${!VERDICTS[@]}"; do
		verdict=${VERDICTS[i]/@/$6}
		want=$4$(step "$3" "$verdict")
		case $verdict in
		PIPE | STOLEN | UNSPEC) want+=$5 ;;
		esac
		is "$(steps "$1" $(($2 + i)))" "$want" "$3: $verdict"
	done
}

# dropped NAME PACKET HOOK: the program is named
dropped()
{
	like "$("$BPFPATH" show "$TMP/$1.out" | grep "^packet $2:\|^  dropped" |
		grep -A 1 "^packet $2:.* after")" \
		"dropped by tc program somebodys_classifier \(id [0-9]+\) at $3: TC_ACT_SHOT" \
		"$3: who has dropped it is told"
}

new_lab && add_forwarding || exit 1
mount_quietly
trap 'rm -f "$PINNED"; clean_up' EXIT

tests=$((1 + ${#VERDICTS[@]}))
plan=$((tests + 1))
! has_tcx || plan=$((plan + tests))
netkit=
! add_netkit || netkit=1 plan=$((plan + tests + 2))

to=$(ifindex_of "$NS_B" forward-b)
filter B veth-b ingress "$to" "$TC"
before='' count=${#VERDICTS[@]}
if has_tcx; then
	serve B tcx "$TOOLS/hook" ingress first veth-b "$to" "$TCX"
	before="$(step tcx/ingress UNSPEC); " count=$((2 * count))
fi
start_trace in "${FEW[@]}" -N "$NS_B" -i veth-b -d in -c "$count" -o records \
	"icmp[0] = 8 and ip[8] >= $TCX and ip[8] < $NETKIT" || exit 1
grep -q ' BPF programs\? of others probed' "$TMP/in.err" ||
	skip_all "kernel $(uname -r) lets nobody see what programs decide"
plan "$plan"
send A 10.0.0.1 "$TC"
! has_tcx || send A 10.0.0.1 "$TCX"
end_trace in
is "$STATUS" 0 "exit status"
decide in 1 tc/ingress "$before" '' forward-b
dropped in 2 "tc ingress of veth-b"
if has_tcx; then
	decide in 10 tcx/ingress '' "; $(step tc/ingress UNSPEC)" forward-b
	dropped in 11 "tcx ingress of veth-b"
	mute
fi

# With all functions; netkit's program for what nk-b sends is attached at nk-a.
if [ "$netkit" ]; then
	on B tc qdisc del dev veth-b clsact
	to=$(ifindex_of "$NS_A" veth-a)
	serve A netkit "$TOOLS/hook" peer first nk-a "$to" "$NETKIT"
	filter B nk-b egress "$to" "$EGRESS"
	start_trace out -A -N "$NS_B" -i nk-b -d out -c "$tests" -o records \
		"icmp[0] = 8 and ip[8] >= $NETKIT" || exit 1
	send B 10.76.0.2 "$NETKIT"
	on B ping -n -c 1 -W 0.1 -t $((EGRESS + 1)) 10.76.0.2 >/dev/null 2>&1
	end_trace out
	is "$STATUS" 0 "netkit: exit status"
	decide out 1 netkit "$(step tc/egress UNSPEC); " '' veth-a
	dropped out 2 "netkit to nk-a"
	dropped out 10 "tc egress of nk-b"
	mute
fi
