#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what TCP keeps, to send it again, is a relative of what it sends
# requires: root tool:stream cmd:clang cmd:nft kprobes tool:pins
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/shared.sh"
plan 6

new_lab || exit 1
# Where the answers take long, as here, TCP would send small bursts apart
# (tcp_tso_autosize()).
on A sh -c 'echo 8 >/proc/sys/net/ipv4/tcp_min_tso_segs'

# connection NAME COUNT FLAG BYTES...: one, of whose packets so many are marked: the
# SYN, and what has data
connection()
{
	window_open || exit 1
	lossy_stream "${@:3}"
	wait_for "$PATIENCE" has_families "$2"
	wait_for "$PATIENCE" shared_is_idle
	window_take "$1"
}

# in_window NAME COUNT FLAG BYTES...: such a connection. What a timer sends again is
# not seen when it is sent in the middle of a probe: then another connection is made.
in_window()
{
	local try

	for try in 1 2 3; do
		connection "$@"
		window_missed "$1" || break
		diag "$1, try $try: the kernel did not run all probes"
	done
	is "$(families) $(gaps "$1")" "$2 " "$1: no other, no steps are lost"
}

# ------------------------------------------------------------ one packet

# The original ends with the answer, behind what is sent again.
in_window syn 1 syn
is "$(tree_of syn 1)" "1 - dropped|1.1 original consumed|1.1.1 skb_clone consumed" \
	"SYN: the family"
in_window data 2 psh 100
is "$(tree_of data 2)" "1 - dropped|1.1 original consumed|1.1.1 skb_clone consumed" \
	"data: the family"

# ------------------------------------------------------------ several segments

# They leave as one. The last one is sent first, to see what is lost: the
# original is cut into two.
in_window cut 2 psh 4344
like "$(tree_of cut 2)" \
	'^1 - dropped\|1.1 original consumed\|1.1.1 tcp_fragment consumed(\|[0-9.]* (skb_clone|tcp_fragment) consumed)+$' \
	"segments: the family"
