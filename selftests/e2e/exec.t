#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what runs while a trace does: --exec, --ready-fd, --timeout
# requires: root cmd:jq
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 16

new_lab || exit 1
mount_quietly
TRACE=("$BPFPATH" -q -N "$NS_A" -i veth-a "${FEW[@]}")
REPLIES=(icmp and src host 10.0.0.1)

# run NAME COMMAND...: sets STATUS; its output is in $TMP
run()
{
	in_background "$@"
	end_trace "$1"
}

on_a()
{
	echo "nsenter --net=/run/netns/$NS_A -- $*"
}

# ---------------------------------------------------------------- a command

PING=$(on_a ping -n -c 1 -W 1 10.0.0.1)
run exec "${TRACE[@]}" -o json --exec "$PING" "${REPLIES[@]}"
is "$STATUS $(json exec length)" "0 1" "--exec: the command's packet is shown"
like "$(<"$TMP/exec.err")" 'tracing .*1 packets transmitted' \
	"--exec: it runs when all is armed, and talks on stderr"

run ends "${TRACE[@]}" -c 0 --exec "$PING; exit 7" "${REPLIES[@]}"
is "$STATUS $(wc -l <"$TMP/ends.out")" "0 1" "--exec: the end of the command ends the trace"
like "$(<"$TMP/ends.err")" "--exec: '[^']*' has ended with status 7" \
	"--exec: its status is told"
run none "${TRACE[@]}" --exec true "${REPLIES[@]}"
is "$STATUS" 3 "--exec: nothing matched"

# The command has children; it ends with a trace that ends first.
LONG="echo \$\$ >$TMP/command; $PING & sleep 1000; echo over"
run first "${TRACE[@]}" --exec "$LONG" "${REPLIES[@]}"
is "$STATUS" 0 "--exec: a trace that ends first"
ok "... ends the command" wait_for "$PATIENCE" is_gone "$(<"$TMP/command")"
rm "$TMP/command"
start_trace int "${TRACE[@]:1}" --exec "$LONG" icmp and src host 10.0.0.7
wait_for "$PATIENCE" test -s "$TMP/command"
kill -INT "$PID"
end_trace int
is "$STATUS" 3 "--exec: Ctrl-C ends the trace"
ok "... and the command" wait_for "$PATIENCE" is_gone "$(<"$TMP/command")"
run bad "${TRACE[@]}" -i nosuch --exec "touch $TMP/made" "${REPLIES[@]}"
is "$STATUS $(ls "$TMP/made" 2>/dev/null)" "1 " "--exec: not without a trace"

# ---------------------------------------------------------------- a descriptor

mkfifo "$TMP/ready"
exec {ready}<>"$TMP/ready"
in_background ready "${TRACE[@]}" --ready-fd "$ready" -w "$PATIENCE" "${REPLIES[@]}"
ok "--ready-fd: a line comes" read -rt "$PATIENCE" -u "$ready" _
ping_peer 10.0.0.1
end_trace ready
is "$STATUS $(wc -l <"$TMP/ready.out")" "0 1" "--ready-fd: then packets are selected"
exec {ready}>&-

# ---------------------------------------------------------------- a limit

run limit "${TRACE[@]}" --timeout 0.01 "${REPLIES[@]}"
is "$STATUS $(<"$TMP/limit.err")" \
	"1 bpfpath: --timeout 0.01: the time was over before all was armed" \
	"--timeout: in the preparation"
run limit "${TRACE[@]}" -c 0 --timeout 5 --exec "$PING; sleep 1000" "${REPLIES[@]}"
is "$STATUS $(wc -l <"$TMP/limit.out")" "0 1" "--timeout: while tracing"
began=${EPOCHREALTIME/[.,]/}
run wait "${TRACE[@]}" -w 0.2 --timeout 1000 "${REPLIES[@]}"
is "$STATUS" 3 "-w: less than a second"
diag "$(((${EPOCHREALTIME/[.,]/} - began) / 1000)) ms"
no_leftovers "nothing is left"
