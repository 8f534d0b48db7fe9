#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: drops of what is made here, and what is said of them
# requires: root kprobes cmd:jq tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/paths.sh"
. "${BASH_SOURCE%/*}/drops.sh"
plan 11

NOBODY=10.0.0.77	# does not answer

new_lab || exit 1

# says ADDRESS TEXT...: B sends datagrams
says()
{
	local text

	for text in "${@:2}"; do
		udp_from B "$1" $PORT "$text"
	done
}

# Asked for three times in vain.
by_silent()
{
	sent silent says $NOBODY 1
}

# Nobody is asked: there is no way to know it.
by_failed()
{
	set_sysctl net.ipv4.neigh.veth-b.mcast_solicit=0
	sent failed says 10.0.0.78 1
	set_sysctl net.ipv4.neigh.veth-b.mcast_solicit=1
}

by_silent6()
{
	sent silent6 says fd00::77 1
}

# The queue holds nothing more, so the oldest has to go
by_waiting()
{
	set_sysctl net.ipv4.neigh.veth-b.unres_qlen_bytes=1
	sent waiting says 10.0.0.79 1 2
	went_as waiting2 $((PACKET[waiting] + 1))
}

set_sysctl net.ipv4.neigh.veth-b.mcast_solicit=1 \
	net.ipv6.neigh.veth-b.mcast_solicit=1
trace_drops silent failed silent6 waiting
dropped silent "neighbour is silent" <<END
	5.10 neigh_invalidate - dropped in neigh_invalidate: nobody answers for its next hop (ARP, neighbour discovery)
	6.1 neigh_invalidate NEIGH_FAILED dropped in neigh_invalidate: nobody answers for its next hop (ARP, neighbour discovery) (NEIGH_FAILED)
END
dropped failed "neighbour is known to be silent" <<END
	5.10 __neigh_event_send - dropped in __neigh_event_send: nobody answers for its next hop, or too many packets wait for it
	6.1 __neigh_event_send NEIGH_FAILED dropped in __neigh_event_send: nobody answers for its next hop (ARP, neighbour discovery) (NEIGH_FAILED)
END
dropped silent6 "IPv6: neighbour is silent" <<END
	5.10 neigh_invalidate - dropped in neigh_invalidate: nobody answers for its next hop (ARP, neighbour discovery)
	6.1 neigh_invalidate NOT_SPECIFIED dropped in neigh_invalidate: nobody answers for its next hop (ARP, neighbour discovery)
END
dropped waiting "too many wait" <<END
	5.10 __neigh_event_send - dropped in __neigh_event_send: nobody answers for its next hop, or too many packets wait for it
	6.1 __neigh_event_send NEIGH_QUEUEFULL dropped in __neigh_event_send: too many packets wait for the MAC address of the next hop (NEIGH_QUEUEFULL)
END
dropped waiting2 "the one that is left" <<END
	5.10 neigh_invalidate - dropped in neigh_invalidate: nobody answers for its next hop (ARP, neighbour discovery)
	6.1 neigh_invalidate NEIGH_FAILED dropped in neigh_invalidate: nobody answers for its next hop (ARP, neighbour discovery) (NEIGH_FAILED)
END
all_whole
