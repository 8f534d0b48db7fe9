#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: XDP programs that do something else with each packet, while drivers use the
# same buffers again and again: no path joins two packets
# requires: root kprobes tool:xdp_hook tool:flood
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/floods.sh"
plan 5

COUNT=12000

# account FILE: of the records there, per packet of the flood: is it one at all its events,
# and has it gone the way that its identification chooses?
account()
{
	awk -F'\t' '
	/^#bpfpath-records/ { for (i = 2; i <= NF; i++) at[$i] = i - 1; next }
	/^#/ { next }
	{ n = $at["packet"]; id = $at["id"] }
	$1 == "select" { id_of[n] = id; selected++ }
	n in id_of && id != "-" && id != id_of[n] { mixed++ }
	$1 == "step" && $at["verdict"] != "-" {
		# The xskmap is empty, which is XDP_ABORTED.
		split("XDP_PASS XDP_DROP XDP_ABORTED XDP_TX XDP_REDIRECT XDP_REDIRECT " \
			"XDP_REDIRECT XDP_ABORTED", name, " ")
		choice = id_of[n] % 8 + 1
		want = name[choice]
		if (substr($at["verdict"], 1, length(want)) != want)
			other++
		verdict[n] = choice
	}
	$1 == "step" && $at["func"] == "eth_type_trans" {
		joined[n]++
		if (verdict[n] != 1 && verdict[n] != 7)
			wrong++
	}
	$1 == "end" { how[$at["how"]]++ }
	END {
		for (n in joined) {
			became++
			twice += joined[n] > 1
		}
		printf "selected=%d mixed=%d other=%d wrong=%d twice=%d became=%d",
			selected, mixed, other, wrong, twice, became
		for (h in how)
			printf " %s=%d", h, how[h]
		print ""
	}' "$1"
}

new_lab && add_forwarding || exit 1
to=$(ifindex_of "$NS_B" forward-b)
serve B near "$TOOLS/xdp_hook" veth-b native "$to" -5
serve A far "$TOOLS/xdp_hook" low-forward native "$(ifindex_of "$NS_A" low-forward)" 0
start_trace flood "${FEW[@]}" -N "$NS_A" -i low-forward -d in -c 0 -t 8192 -b 64M --id \
	--timeout 100 -o records "$MATCHED" || exit 1
flood 1 $COUNT 2 1 10.0.0.1:9
sleep 3
kill -INT "$PID"
end_trace flood
ok=$(account "$TMP/flood.out")
diag "$ok"
is "$STATUS" 0 "exit status"
like "$ok" "^selected=([3-9][0-9]{3}|1[0-9]{4}) " "thousands of packets are selected"
like "$ok" " mixed=0 other=0 wrong=0 twice=0 " "no path joins two of them"
like "$ok" " became=[1-9][0-9]{2}" "hundreds go on in an sk_buff"
grep '^# ' "$TMP/flood.out" | sed -n '/selected/,$p' >&2
like "$(sed -n 's/^# unread: //p' "$TMP/flood.out")" "^[0-9]+\$" "what was too much is counted"
