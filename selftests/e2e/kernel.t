#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: each way to attach that "check" offers shows a drop, its rule and bytes
# requires: root kprobes cmd:jq cmd:nft
# kernels: one
# also: trixie-arm64 trixie-rt
# Few functions: those of the default list are e2e/demo's.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/together.sh"
plan 18

ALL_WAYS=(kprobe fentry tracepoint multi)

# offers: the ways of attaching that it says are there, a line each
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
ways=$(offers)
for way in kprobe fentry tracepoint; do
	ok "check: $way" grep -qx "$way" <<<"$ways"
done
is "$(grep -cx multi <<<"$ways")" \
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
for way in $ways; do
	begin "$way" -a "$way" -W "$TMP/$way.saved"
done
ping_peer 10.0.0.1

for way in "${ALL_WAYS[@]}"; do
	if [ ! "${TRACES[$way]}" ]; then
		for what in "exit status" "what ends it" "the same path as by kprobes"; do
			skip "$way: $what" "not on $(uname -r)"
		done
		continue
	fi
	finish "$way"
	if [ "$way" = tracepoint ]; then
		is "$(of "$way" '"\(.complete) \(.end.reason)"')" \
			"true NETFILTER_DROP" "$way: what ends it"
		continue
	fi
	like "$(of "$way" '"\(.complete) \(.end.verdict)"')" \
		'^true dropped by netfilter: table ip t chain c rule 2 .*hook input$' \
		"$way: what ends it"
	[ "$way" = kprobe ] ||
		is "$(of "$way" '.events[].func')" \
			"$(of kprobe '.events[].func')" \
			"$way: the same path as by kprobes"
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
