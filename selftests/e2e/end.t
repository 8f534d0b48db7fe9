#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: how a run ends: no packet, signals, nobody who listens or reads
# requires: root cmd:jq tool:pins
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/floods.sh"
plan 36

new_lab || exit 1

trace none true -- "${FEW[@]}" -N "$NS_A" -i veth-a -w 1 icmp 10.0.0.1
is "$STATUS" 3 "nothing matched: exit status"
is "$(cat "$TMP/none.out")" "" "nothing matched: nothing on stdout"
like "$(cat "$TMP/none.err")" 'no packet matched' "nothing matched: message"
no_leftovers "nothing matched: nothing is left"

for signal in INT TERM HUP; do
	start_trace "$signal" "${FEW[@]}" -N "$NS_A" -i veth-a icmp 10.0.0.1
	kill -s "$signal" "$PID"
	end_trace "$signal"
	isnt "$STATUS" 0 "SIG$signal while waiting: exit status"
	is "$(cat "$TMP/$signal.out")" "" "SIG$signal while waiting: no path"
	no_leftovers "SIG$signal while waiting: nothing is left"
done

# While it attaches, it holds signals back.
declare -A BEFORE=([HUP]=129 [INT]=130 [TERM]=143)

# holds_back PID: its loader does; sets "loader"
holds_back()
{
	local line

	loader=$(process_of "$1" "bpfload trace")
	[ "$loader" ] && line=$(grep ^SigBlk: "/proc/$loader/status") &&
		[ $((0x${line##*$'\t'} & 0x4000)) != 0 ]
}

# stop_before NAME: a run that stands still before "tracing"; fails when it was
# faster
stop_before()
{
	local end=$((SECONDS + PATIENCE))

	in_background "$1" "$BPFPATH" "${FEW[@]}" -N "$NS_A" -i veth-a icmp 10.0.0.1
	until holds_back "$PID"; do
		[ $SECONDS -lt $end ] || return
	done 2>/dev/null
	kill -STOP "$loader"
	! grep -q ^tracing "$TMP/$1.err" || {
		kill -CONT "$loader"
		end_quietly "$PID"
		return 1
	}
}

# says_stopped: the driver has told the loader, which stands still
says_stopped()
{
	local line

	line=$(grep ^ShdPnd: "/proc/$loader/status") &&
		[ $((0x${line##*$'\t'} & 0x4000)) != 0 ]
}

for signal in HUP INT TERM; do
	tries=0
	until stop_before before || [ $((tries += 1)) -gt 20 ]; do
		:
	done
	kill -s "$signal" "$PID"
	wait_for "$PATIENCE" says_stopped
	kill -CONT "$loader"
	end_trace before
	is "$STATUS" "${BEFORE[$signal]}" "SIG$signal before \"tracing\": exit status"
	unlike "$(cat "$TMP/before.err")" tracing \
		"SIG$signal before \"tracing\": it is not said"
	no_leftovers "SIG$signal before \"tracing\": nothing is left"
done

# nohup(1): the terminal that goes away does not end it.
in_background nohup env --ignore-signal=HUP "$BPFPATH" "${FEW[@]}" -N "$NS_A" \
	-i veth-a icmp 10.0.0.1
wait_for "$PATIENCE" says_tracing "$TMP/nohup.err" "$PID"
mapfile -t all < <(echo "$PID"; descendants "$PID")
kill -HUP "${all[@]}"
ping_peer 10.0.0.1
end_trace nohup
is "$STATUS" 0 "SIGHUP where it is ignored: the run goes on"

# start_unread NAME: a run whose standard output nobody reads, and more to write
# than pipes hold
start_unread()
{
	mkfifo "$TMP/$1.fifo"
	exec {unread}<>"$TMP/$1.fifo"
	: >"$TMP/$1.out"
	: >"$TMP/$1.err"
	env --default-signal=INT "$BPFPATH" "${FEW[@]}" -N "$NS_A" -i veth-a \
		-d in -c 0 icmp 10.0.0.1 >"$TMP/$1.fifo" 2>"$TMP/$1.err" {unread}<&- &
	PID=$!
	pids+=("$PID")
	wait_for "$PATIENCE" says_tracing "$TMP/$1.err" "$PID"
	on A ping -q -n -f -c 3000 10.0.0.1 >"$TMP/$1.pings"
	wait_for "$PATIENCE" is_full "$TMP/$1.fifo"
}

# is_full FIFO: there is no room for a page more
is_full()
{
	! timeout 0.1 head -c 4096 /dev/zero >"$1"
}

start_unread unread
kill -INT "$PID"
look "$PID"
selected=${MAPS[selected]}
ping_peer 10.0.0.1
look "$PID"
is "${MAPS[selected]}" "$selected" "stdout not read: nothing is selected any more"
end_trace unread
is "$STATUS" 1 "stdout not read: exit status"
like "$(cat "$TMP/unread.err")" 'standard output is not read: given up after' \
	"stdout not read: message"
no_leftovers "stdout not read: nothing is left"

start_unread again
began=$SECONDS
kill -INT "$PID"
read -rt 1 <>"$TMP/nothing"	# what comes within half a second is the same signal
kill -TERM "$PID"
end_trace again
ok "a second signal: at once" [ $((SECONDS - began)) -lt 9 ]
is "$STATUS" 1 "a second signal: exit status"
like "$(cat "$TMP/again.err")" 'bpfpath: the output ends here' \
	"a second signal: message"
no_leftovers "a second signal: nothing is left"

# Who stands still renews nothing: what matches then found no full table.
is_late()
{
	ping_peer 10.0.0.1
	look "$PID" && [ "${MAPS[untracked]}" -gt 0 ]
}
start_trace still "${FEW[@]}" -N "$NS_A" -i veth-a -d in -c 0 icmp 10.0.0.1
loader=$(process_of "$PID" "bpfload trace")
kill -STOP "$loader"
ok "the loader stands still: packets are not selected" \
	wait_for "$PATIENCE" is_late
kill -CONT "$loader"
kill -INT "$PID"
end_trace still
like "$(cat "$TMP/still.err")" 'came while nobody read what came before' \
	"the loader stands still: why they were not"

# A reader who has seen enough: the pings go on until the run ends.
in_background closed bash -c '"$@" | head -n 1' live "$BPFPATH" "${FEW[@]}" \
	-N "$NS_A" -i veth-a -c 0 -o json icmp 10.0.0.1
wait_for "$PATIENCE" says_tracing "$TMP/closed.err" "$PID"
until is_gone "$PID" || [ "$((tries += 1))" -gt 50 ]; do
	ping_peer 10.0.0.1
	sleep 0.2
done
end_trace closed
is "$(json closed length)" 1 "stdout closed: the line that was read"
unlike "$(cat "$TMP/closed.err")" 'roken pipe|error|cannot' \
	"stdout closed: no complaint"
no_leftovers "stdout closed: nothing is left"
