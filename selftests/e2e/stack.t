#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: --stack: the kernel's stack at a packet's end, or at each step
# requires: root cmd:jq cmd:nft
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"

DROPS='^(sk_skb_reason_drop|kfree_skb(_reason|_list_reason)?)\+0x[0-9a-f]+$'
# What a probe has on the stack, by whatever mechanism.
MACHINERY='bpf_|bpf_prog|trampoline|ftrace|fprobe|kprobe|__traceiter|return_to_handler'

ways=(tracepoint)
if has_kprobes; then
	ways=(kprobe fentry tracepoint)
	! grep -qx CONFIG_FPROBE=y "/boot/config-$(uname -r)" || ways+=(multi)
fi
plan $((8 * ${#ways[@]} + 22))

new_lab || exit 1

# A short list: what frees a packet is probed beside it. Where the mechanism is not the
# point, it is what a guest has soonest.
LOOK=("${FEW[@]}" -a tracepoint -N "$NS_B" -i any -d in -w "$PATIENCE")

# trace_udp NAME OPTIONS...: a datagram from A to a port of B where nobody listens
trace_udp()
{
	trace "$1" send_udp 10.0.0.1 99 -- "${LOOK[@]}" "${@:2}" udp dst port 99
}

# stack_of NAME: the stack of the end, a line a function without offsets
stack_of()
{
	json "$1" '.[0].end.stack[]' | sed 's/+0x[0-9a-f]*//'
}

# order NAME FUNC...: succeeds when these functions, regular expressions, are in its
# stack, each further out than the one before
order()
{
	local func at

	mapfile -t frames < <(stack_of "$1")
	at=0
	for func in "${@:2}"; do
		while [[ $at -lt ${#frames[@]} && ! ${frames[at]} =~ ^($func)$ ]]; do
			at=$((at + 1))
		done
		[ $at -lt ${#frames[@]} ] || {
			diag "no $func in: ${frames[*]}"
			return 1
		}
	done
}

# ------------------------------------------------------------ by each mechanism

UDP_RCV='__udp4_lib_rcv(\.isra\.0)?|udp_rcv'

for way in "${ways[@]}"; do
	trace_udp "all-$way" -a "$way" --stack all -o json
	is "$STATUS" 0 "$way: exit status"
	is "$(json "all-$way" '.[0].complete')" true "$way: the path is complete"
	like "$(json "all-$way" '.[0].end.stack[0]')" "$DROPS" \
		"$way: the end begins at what drops"
	ok "$way: who called that" order "all-$way" '[a-z_]*skb[a-z_]*' "$UDP_RCV" \
		ip_protocol_deliver_rcu ip_local_deliver_finish \
		'__netif_receive_skb.*|process_backlog'
	is "$(json "all-$way" '.[0].events | map(select(.stack | length < 2)) | length')" \
		0 "$way: each step has one"
	is "$(json "all-$way" '.[0].events[] | select(.func |
		test("^(kfree_skb|consume_skb)$") | not) | .func + " " + .stack[0]' |
		awk -v way="$way" 'way != "tracepoint" && $2 != $1 "+0x0" &&
			$2 !~ "^" $1 "[.][^+]*[+]0x0$"')" "" \
		"$way: each begins at the step's function"
	is "$(json "all-$way" '.[0].events[].stack[]' | grep -E "$MACHINERY")" "" \
		"$way: nothing of the probes is in it"
	is "$(json "all-$way" '[.[0].events[].stack_cut] | any')" false \
		"$way: none is cut"
done

# ------------------------------------------------------------ the end alone

trace_udp end --stack end -o json
is "$STATUS" 0 "end: exit status"
is "$(json end '.[0].complete')" true "end: the path is complete"
is "$(json end '.[0].events[:-1] | map(select(.stack)) | length')" 0 \
	"end: no other step has one"

# ------------------------------------------------------------ by whom else

on B nft -f - <<-END
	table ip lab {
		chain c {
			type filter hook input priority 0;
			udp dport 98 drop
		}
	}
END
trace rule send_udp 10.0.0.1 98 -- "${LOOK[@]}" --stack end -o json udp dst port 98
is "$STATUS" 0 "a rule: exit status"
ok "a rule: of a hook" order rule '[a-z_]*skb[a-z_]*' nf_hook_slow \
	'ip_local_deliver|ip_rcv_finish|nf_hook.*'
trace syn send_syn 10.0.0.1 97 -- "${LOOK[@]}" --stack end -o json tcp dst port 97
is "$STATUS" 0 "nobody listens: exit status"
ok "nobody listens: of TCP" order syn '[a-z_]*skb[a-z_]*' tcp_v4_rcv ip_protocol_deliver_rcu

# ------------------------------------------------------------ in all forms

trace_udp saved --stack end -W "$TMP/saved"
is "$STATUS" 0 "text: exit status"
like "$(sed -n "/the kernel's stack there:/,/^  [^ ]/p" "$TMP/saved.out")" \
	$'\n''    (__udp4_lib|udp)_rcv\+0x[0-9a-f]+'$'\n' "text: a line each"
"$BPFPATH" show -o folded "$TMP/saved" >"$TMP/folded" 2>/dev/null
like "$(cat "$TMP/folded")" \
	'^dropped;([^ ;]+;)*ip_protocol_deliver_rcu;([^ ;]+;)*[a-z_]+ 1$' \
	"folded: outermost first, and how many"
"$BPFPATH" show -o json "$TMP/saved" >"$TMP/shown.out" 2>/dev/null
ok "read again" order shown '[a-z_]*skb[a-z_]*' "$UDP_RCV" \
	 ip_protocol_deliver_rcu
trace_udp plain -W "$TMP/plain" -q
capture "$BPFPATH" diff "$TMP/plain" "$TMP/saved"
is "$STATUS" 0 "diff looks at none"
is "$(records_in "$TMP/plain" step stack | sort -u)" - \
	"not asked for: there is none"
trace_udp both --stack end --bytes 100 -o json -W "$TMP/both"
ok "with --bytes" order both '[a-z_]*skb[a-z_]*' "$UDP_RCV"
like "$(records_in "$TMP/both" step bytes | tail -n 1)" '^[0-9a-f]+' \
	"with the packet's bytes"

# ------------------------------------------------------------ what cannot be

# refused STATUS MESSAGE OPTIONS...
refused()
{
	capture "$BPFPATH" "${FEW[@]}" -N "$NS_B" -w 1 "${@:3}" udp dst port 99
	is "$STATUS" "$1" "${*:3}: exit status"
	like "$err" "$2" "${*:3}: message"
}

refused 4 'needs -r ring' --stack end -r map
refused 2 'shows no stacks' --stack end -o dot
refused 2 'must be one of: end all' --stack some

no_leftovers "nothing is left"
