#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: packets are selected before programs of others, whatever these do with them
# requires: root cmd:jq tool:hook
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"

# Node B has two neighbours, both in A: what comes from macvlan-a by veth-b goes on by
# forward-b to low-forward. Somebody else's program decides at veth-b, or at forward-b.
VERDICTS=(ok shot pipe stolen next redirect redirect_peer redirect_neigh clone_redirect)
LOOK=("${FEW[@]}")
FIRST=100	# hook.c: TTL of the first verdict
PINNED=/sys/fs/bpf/somebody$$

mount_quietly
# Filters that come behind ours anyway are the same everywhere: here alone.
tests=16
! has_tcx || {
	tests=$((tests + 16))
	LOOK+=(-a tracepoint)	# other probes take a guest longer than all else here
}
in_guest || tests=$((tests + 16))
plan $tests
new_lab && add_forwarding || exit 1
trap 'rm -f "$PINNED"; clean_up' EXIT

# device HOOK: where somebody decides
device()
{
	[ "$1" = ingress ] && echo veth-b || echo forward-b
}

# to_of HOOK: the number of the interface that it is redirected to
to_of()
{
	local to=forward-b

	[ "$1" = ingress ] || to=veth-b
	ifindex_of "$NS_B" "$to"
}

# send_all HOOK: an echo request for each verdict; B has taken one off the TTL at egress
send_all()
{
	local i ttl

	for i in "${!VERDICTS[@]}"; do
		ttl=$((FIRST + i))
		[ "$1" = ingress ] || ttl=$((ttl + 1))
		on A ping -n -c 1 -W 0.1 -t "$ttl" "$BEYOND" >/dev/null 2>&1
	done
}

# qdisc HOOK: somebody's clsact
qdisc()
{
	on B tc qdisc add dev "$(device "$1")" clsact
}

# filter HOOK PREF PROTOCOL: somebody's filter
filter()
{
	"$TOOLS/hook" pin "$PINNED" "$(to_of "$1")" || exit 1
	on B tc filter add dev "$(device "$1")" "$1" pref "$2" handle 7 \
		protocol "$3" bpf direct-action object-pinned "$PINNED" || exit 1
	rm "$PINNED"
}

# link HOOK first|last: somebody's program
link()
{
	serve B "link-$1" "$TOOLS/hook" "$1" "$2" "$(device "$1")" "$(to_of "$1")"
}

# programs HOOK: the programs of tcx, in their order
programs()
{
	local dev inode

	dev=$(device "$1")
	inode=$(stat -L -c %i "/run/netns/$NS_B")
	printf '%s\t%s\t%s\t%s\tether\n' "$inode" "/run/netns/$NS_B" \
		"$(ifindex_of "$NS_B" "$dev")" "$1" |
		"$TOP/build/bpfload" front /nowhere
}

# theirs HOOK: all that is somebody else's
theirs()
{
	tc_state "$NS_B"
	! has_tcx || programs "$1"
}

# selects_all WHAT HOOK SAYS OPTION...: with what is there, each packet is selected, and
# once; it says that of the way of selecting, and leaves all as it was
selects_all()
{
	local name=${1//[ ,:]/_}-$2 before dir=in ttl

	[ "$2" = ingress ] || dir=out
	before=$(theirs "$2")
	start_trace "$name" "${LOOK[@]}" -N "$NS_B" -i "$(device "$2")" -d "$dir" -c 0 \
		-o json "${@:4}" "icmp[0] = 8 and ip[8] >= $FIRST and ip[8] < 110" || return
	send_all "$2"
	wait_for 10 has_lines "$name" "${#VERDICTS[@]}"
	kill -INT "$PID"
	end_trace "$name"
	is "$(json "$name" 'map(select(.events != [])) | length')" "${#VERDICTS[@]}" \
		"$1, $2: one path for each verdict"
	is "$(json "$name" 'sort_by(.packet)[1].end.how')" dropped \
		"$1, $2: what is shot is dropped"
	is "$(grep ' selected by \| in front' "$TMP/$name.err" |
		sed 's/^bpfpath: //; s/ (id [0-9]*)//')" "$3" "$1, $2: what it says"
	is "$(theirs "$2")" "$before" "$1, $2: all of theirs is as before"
}

# before_them HOOK: what is said where somebody is in front
before_them()
{
	local means=receive

	! has_tcx || means=tcx
	echo "$(device "$1") $1: selected by $means, in front of program 'somebody'"
}

# behind_ours HOOK: somebody's filters come later, after one at preference 1 and alone
behind_ours()
{
	filter "$1" 10 ip
	selects_all "theirs at 1 and 10" "$1" ""
	on B tc filter del dev "$(device "$1")" "$1"
	filter "$1" 10 ip
	selects_all "theirs at 10" "$1" ""
}

for hook in ingress egress; do
	qdisc "$hook"
	filter "$hook" 1 all
	selects_all "their filter at preference 1" "$hook" ""
	in_guest || behind_ours "$hook"
	on B tc filter del dev "$(device "$hook")" "$hook"
	filter "$hook" 1 ip
	selects_all "their filter for IPv4 alone" "$hook" "$(before_them "$hook")"
	if has_tcx; then
		selects_all "their filter for IPv4, -s tcx" "$hook" "" -s tcx
		link "$hook" last
		selects_all "their tcx" "$hook" "$(before_them "$hook") and others"
		mute
	fi
	on B tc qdisc del dev "$(device "$hook")" clsact
done
