#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what a packet held goes on in the one that GRO merged it into
# requires: root tool:stream kprobes
# All kernels. It has a trace of its own: what is merged shows where the other one
# was not selected.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
plan 4

new_lab && add_devices vxlan || exit 1

# Two segments leave in a row, since veth-a is said to take one at once. What
# they held inside of the tunnel is merged behind it; the last one has PSH.
ip -n "$NS_A" link set veth-a gso_max_segs 1
list_with 'skb_gro_receive 0 2'
trace gro stream "$(address_of vxlan B)" $((2 * 1398)) -- -o records -w 60 \
	-f "$TMP/relatives.list" -N "$NS_B" -i veth-b -d in \
	-I 'tcp dst port 99 and tcp[tcpflags] & tcp-push != 0' 'udp dst port 4789'
is "$STATUS" 0 "exit status"
# In the list of the one that carries it on, up to 6.1 it ends by kfree_skb().
like "$(tree gro)" \
	'^1 1 - (consumed|dropped)\|1 1.1 skb_gro_receive consumed$' "the family"
is "$(gaps gro)" "" "no steps are lost"
no_leftovers "nothing is left"
