#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what TCP keeps, to send it again, is a relative of what it sends
# requires: root tool:stream cmd:clang cmd:nft kprobes
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/kin.sh"
plan 15

SYN='tcp dst port 9 and tcp[tcpflags] & tcp-syn != 0'
PUSH='tcp dst port 9 and tcp[tcpflags] & tcp-push != 0'

new_lab || exit 1

# lossy EXPRESSION: B loses the first packet that matches (nft(8))
lossy()
{
	on B nft -f - <<-END
		table ip lossy {
			chain input {
				type filter hook prerouting priority 0;
				$1 limit rate 1/hour burst 1 packets drop
			}
		}
	END
}

# stream FLAG BYTES...: a connection from A to B, where the first packet with
# this flag, of syn and push, is lost
stream()
{
	local PID

	: >"$TMP/listener.out"
	in_background listener nsenter "--net=/run/netns/$NS_B" -- \
		"$TOOLS/stream" listen 9
	wait_for "$PATIENCE" test -s "$TMP/listener.out"
	lossy "tcp dport 9 tcp flags & (syn | psh) == $1"
	on A "$TOOLS/stream" send 10.0.0.1 9 "${@:2}"
	on B nft delete table ip lossy
	wait_end "$PID"
}

request=(-o records -w 60 -N "$NS_A" -d out)

# ------------------------------------------------------------ one packet

# The original ends with the answer, behind what is sent again.
for read in ring pipe; do
	few=()
	[ "$read" != pipe ] || few=(-f "$TMP/kin.list")
	list_with "tcp_conn_request 0 4"
	trace "syn-$read" stream syn -- "${request[@]}" -r "$read" "${few[@]}" \
		"$SYN"
	maker=skb_clone
	[ "$read" != pipe ] || maker=__copy_skb_header
	family "syn-$read" \
		"1 1 - dropped|1 1.1 original consumed|1 1.1.1 $maker consumed" \
		"SYN, read by $read"
done

trace data stream psh 100 -- "${request[@]}" "$PUSH"
family data "1 1 - dropped|1 1.1 original consumed|1 1.1.1 skb_clone consumed" \
	"data"

# ------------------------------------------------------------ several segments

# They leave as one. The last one is sent first, to see what is lost: the
# original is cut into two.
trace cut stream psh 4344 -- "${request[@]}" "$PUSH"
is "$STATUS" 0 "segments: exit status"
like "$(tree cut)" \
	'^1 1 - dropped\|1 1.1 original consumed\|1 1.1.1 tcp_fragment consumed(\|1 [0-9.]* (skb_clone|tcp_fragment) consumed)+$' \
	"segments: the family"
is "$(gaps cut)" "" "segments: no steps are lost"

# ------------------------------------------------------------ not followed

# Where it would not be seen to end, it is left alone.
list_with "!__kfree_skb"
trace few stream syn -- "${request[@]}" -f "$TMP/kin.list" "$SYN"
is "$STATUS" 0 "a short list: exit status"
is "$(tree few)" "1 1 - dropped" "a short list: no original"
no_leftovers "nothing is left"
