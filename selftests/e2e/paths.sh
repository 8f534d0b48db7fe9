# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some variables are for test files
#
# paths.sh: packets that go one after another, each on a path of its own, in a window
# of the shared trace (shared.sh); sourced by test files after relatives.sh.
#
# For each way there is a function by_WAY, which sets something up, sends a packet,
# and takes away again what it has set up. The next packet goes when all members of the
# family have ended. On a kernel without that path the function sends nothing.

. "${BASH_SOURCE%/*}/shared.sh"

RECEIVERS=()

declare -A PACKET	# by path: the number of its packet; 0: there was none

# ---------------------------------------------------------------- the trace

# trace_paths NAME...: makes paths.out (records)
trace_paths()
{
	window_open || exit 1
	go_by "$@"
	window_take paths
}

# go_by NAME...: sends the packets of these paths, one after another
go_by()
{
	local name

	for name; do
		"by_$name" || diag "$name: not sent"
	done
}

# went_as NAME NUMBER: waits for that family, if it is not there already
went_as()
{
	if wait_for "$PATIENCE" has_families "$2"; then
		PACKET[$1]=$2
	else
		diag "$1: no family is printed"
		PACKET[$1]=0
	fi
}

# sent NAME COMMAND...: what the command sends is the next packet of the trace
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

# went NAME TREE WHAT: what became of the packet that went this path. veth rebuilds
# a packet for XDP by itself where there is no skb_pp_cow_data().
went()
{
	if [ "${PACKET[$1]}" ]; then
		is "$(tree_of paths "${PACKET[$1]}" |
			sed 's/ veth_[a-z_.]* / skb_pp_cow_data /')" "$2" "$3"
	else
		skip "$3" "not sent on $(uname -r)"
	fi
}

# passed NAME DEVICES WHAT: and which devices its family passed
passed()
{
	if [ "${PACKET[$1]}" ]; then
		is "$(ifaces_of paths "${PACKET[$1]}")" "$2" "$3: the devices"
	else
		skip "$3: the devices" "not sent on $(uname -r)"
	fi
}

# times_at NAME FUNC: how often its packet was there
times_at()
{
	paste <(records paths step packet) <(records paths step func) |
		grep -cx "${PACKET[$1]}"$'\t'"$2"
}
