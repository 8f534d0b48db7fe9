#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: each mechanism that "check" offers shows a drop, its rule and bytes
# requires: root kprobes cmd:jq cmd:nft
# kernels: one
# also: trixie-arm64 trixie-rt
# Few functions: those of the default list are e2e/demo's.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/together.sh"
plan 18

ALL_MECHANISMS=(kprobe fentry tracepoint multi)

# offers: the mechanisms that it says are there, a line each
offers()
{
	sed -nE 's/^attach +([a-z]+) +yes.*/\1/p' "$TMP/check"
}

# of NAME FILTER: jq's answer about the packet that the trace has seen
of()
{
	jq -r "select(.packet) | $2" "$TMP/$1.json"
}

"$BPFPATH" check >"$TMP/check" 2>&1 || diag "$(<"$TMP/check")"
mechanisms=$(offers)
for how in kprobe fentry tracepoint; do
	ok "check: $how" grep -qx "$how" <<<"$mechanisms"
done
is "$(grep -cx multi <<<"$mechanisms")" \
	"$(grep -cx 'CONFIG_FPROBE=y' "/boot/config-$(uname -r)")" "check: multi"

new_lab || exit 1
on B nft -f - <<-END
	table ip t {
		chain c {
			type filter hook input priority 0;
			tcp dport 1 accept
			icmp type echo-request drop
		}
	}
END

{ cat "$TOP/selftests/e2e/few.list"; echo "nf_hook_slow 0"; } >"$TMP/list"

SAVED=saved
OPTIONS=(-f "$TMP/list" -o pcapng -N "$NS_B" -i veth-b -d in -w "$PATIENCE")
FILTER=(icmp 10.0.0.2)
for how in $mechanisms; do
	begin "$how" -a "$how" -W "$TMP/$how.saved"
done
ping_peer 10.0.0.1

for how in "${ALL_MECHANISMS[@]}"; do
	if [ ! "${TRACES[$how]}" ]; then
		for what in "exit status" "what ends it" "the same path as by kprobes"; do
			skip "$how: $what" "not on $(uname -r)"
		done
		continue
	fi
	finish "$how"
	if [ "$how" = tracepoint ]; then
		is "$(of "$how" '"\(.complete) \(.end.reason)"')" \
			"true NETFILTER_DROP" "$how: what ends it"
		continue
	fi
	like "$(of "$how" '"\(.complete) \(.end.verdict)"')" \
		'^true dropped by netfilter: table ip t chain c rule 2 .*hook input$' \
		"$how: what ends it"
	[ "$how" = kprobe ] ||
		is "$(of "$how" '.events[].func')" \
			"$(of kprobe '.events[].func')" \
			"$how: the same path as by kprobes"
done
read -r magic < <(od -A n -N 4 -t x4 --endian=little "$TMP/kprobe.out")
is "$magic" 0a0d0d0a "kprobe: a pcapng file"
like "$(of kprobe '[.events[].func] | join(" ")')" \
	'ip_rcv ip_local_deliver nf_hook_slow' "kprobe: the path"
if [ "$(uname -m)" = aarch64 ]; then
	STATUS=0
	"$BPFPATH" --aside -w 1 icmp 10.0.0.1 2>"$TMP/aside" || STATUS=$?
	is "$STATUS:$(grep -o '(--aside) are not known' "$TMP/aside")" \
		"4:(--aside) are not known" "--aside is refused"
else
	skip "--aside is refused" "only on arm64"
fi
no_leftovers "nothing is left"
