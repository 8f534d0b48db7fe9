# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some variables are for test files
#
# paths.sh: packets that go one after another, each on a way of its own, in a window
# of the shared trace (shared.sh); sourced by test files after relatives.sh.
#
# For each way there is a function by_WAY, which sets something up, sends a packet,
# and takes away again what it has set up. The next packet goes when all members of the
# family have ended. On a kernel without that way the function sends nothing.

. "${BASH_SOURCE%/*}/shared.sh"

RECEIVERS=()

declare -A PACKET	# by way: the number of its packet; 0: there was none

# ---------------------------------------------------------------- the trace

# trace_ways WAY...: makes ways.out (records)
trace_ways()
{
	window_open || exit 1
	go_by "$@"
	window_take ways
}

# go_by WAY...: one after another
go_by()
{
	local way

	for way; do
		"by_$way" || diag "$way: not sent"
	done
}

# went_as WAY NUMBER: waits for that family, if it is not there already
went_as()
{
	if wait_for "$PATIENCE" has_families "$2"; then
		PACKET[$1]=$2
	else
		diag "$1: no family is printed"
		PACKET[$1]=0
	fi
}

# sent WAY COMMAND...: what the command sends is the next packet of the trace
sent()
{
	local number=$(($(families) + 1))

	"${@:2}" || true
	went_as "$1" "$number"
}

# ---------------------------------------------------------------- sending

# ping4 ADDRESS [OPTION...]: an echo request that is to be traced
ping4()
{
	ping_ttl A 77 "$@"
}

# receive A|B [GROUP IFNAME COUNT]: receiver.c, at port 99; adds to RECEIVERS
receive()
{
	serve "$1" "receiver-$1" "$TOOLS/receiver" 99 "${@:2}" &&
		RECEIVERS+=("$PID")
}

end_receivers()
{
	kill "${RECEIVERS[@]}"
	wait "${RECEIVERS[@]}" 2>/dev/null || true
	RECEIVERS=()
}

# ---------------------------------------------------------------- results

# went WAY TREE WHAT: what became of the packet that went this way. veth rebuilds
# a packet for XDP by itself where there is no skb_pp_cow_data().
went()
{
	if [ "${PACKET[$1]}" ]; then
		is "$(tree_of ways "${PACKET[$1]}" |
			sed 's/ veth_[a-z_.]* / skb_pp_cow_data /')" "$2" "$3"
	else
		skip "$3" "not sent on $(uname -r)"
	fi
}

# passed WAY DEVICES WHAT: and which devices its family passed
passed()
{
	if [ "${PACKET[$1]}" ]; then
		is "$(ifaces_of ways "${PACKET[$1]}")" "$2" "$3: the devices"
	else
		skip "$3: the devices" "not sent on $(uname -r)"
	fi
}

# times_at WAY FUNC: how often its packet was there
times_at()
{
	paste <(records ways step packet) <(records ways step func) |
		grep -cx "${PACKET[$1]}"$'\t'"$2"
}
