#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: a machine without udev: /dev holds no fd and no stdin
# requires: root cmd:jq
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 17

new_lab || exit 1
mount_quietly

# What runs by it finds a /dev as a bare initramfs or container has it.
cat >"$TMP/bare" <<'END'
#!/usr/bin/env bash
exec unshare -m bash -ec '
	mkdir -p "$0"
	mount -t tmpfs -o mode=755 tmpfs "$0"
	for name in null zero full random urandom tty; do
		: >"$0/$name"
		mount --bind "/dev/$name" "$0/$name"
	done
	mount --rbind "$0" /dev
	exec "$@"' "${0%/*}/dev" "$@"
END
cat >"$TMP/bpfpath" <<END
#!/usr/bin/env bash
exec "$TMP/bare" "$BPFPATH" "\$@"
END
chmod +x "$TMP/bare" "$TMP/bpfpath"
is "$("$TMP/bare" ls /dev | tr '\n' ' ')" "full null random tty urandom zero " \
	"nothing else is in /dev"
BARE=$TMP/bpfpath

# there ARGUMENT...: bpfpath.sh, there; sets STATUS, OUT, ERR
there()
{
	STATUS=0
	OUT=$("$BARE" "$@" 2>"$TMP/err") || STATUS=$?
	ERR=$(<"$TMP/err")
	[ "$STATUS" = 0 ] || diag "$ERR"
}

there list
is "$STATUS" 0 "list: exit status"
like "$ERR" '^bpfpath: [0-9]+ functions take a packet[^/]*$' "list: its last line"
there list -T
like "$STATUS $OUT" '^0 .*kfree_skb' "list -T"

"$BPFPATH" check >"$TMP/check.out" 2>/dev/null
want=$?
there check
is "$STATUS $(wc -l <<<"$OUT")" "$want $(wc -l <"$TMP/check.out")" \
	"check: as elsewhere"

there show "$TOP/selftests/golden/drop.in"
is "$STATUS $OUT" "0 $("$BPFPATH" show "$TOP/selftests/golden/drop.in")" "show"

there diff "$TOP/selftests/golden/demo-good.in" "$TOP/selftests/golden/demo-bad.in"
is "$STATUS $OUT" "1 $("$BPFPATH" diff "$TOP/selftests/golden/demo-good.in" \
	"$TOP/selftests/golden/demo-bad.in")" "diff"

there demo -q
is "$STATUS $(grep -c '^packet .*complete' <<<"$OUT")" "0 2" "demo"
unlike "$ERR" '/dev/' "demo: no word of /dev"

BPFPATH=$BARE
trace any ping_peer 10.0.0.1 -- -N "$NS_A" -o json icmp and src host 10.0.0.1
is "$STATUS" 0 "a trace on any interface"
like "$(json any '.[0].complete')" '^true$' "its path is complete"
unlike "$(<"$TMP/any.err")" '/dev/' "no word of /dev"
trace one ping_peer 10.0.0.1 -- -N "$NS_A" -i veth-a -o json -W "$TMP/saved" \
	icmp 10.0.0.1
is "$STATUS" 0 "a trace on one interface"
ok "with its records" test -s "$TMP/saved"

echo "icmp and src host 10.0.0.1" >"$TMP/filter"
trace file ping_peer 10.0.0.1 -- -N "$NS_A" -F "$TMP/filter" -o json
is "$STATUS $(json file '.[0].filter')" "0 icmp and src host 10.0.0.1" \
	"an expression of a file"
in_background stdin bash -c 'echo "icmp and src host 10.0.0.1" | "$@"' - \
	"$BARE" -N "$NS_A" -o json -
wait_for "$PATIENCE" says_tracing "$TMP/stdin.err" "$PID"
ping_peer 10.0.0.1
end_trace stdin
is "$STATUS" 0 "an expression of a pipe"
no_leftovers "nothing is left"
