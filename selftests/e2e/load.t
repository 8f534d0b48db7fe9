#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: packets as fast as the machine sends them: each accounted for
# requires: root tool:flood tool:sink tool:pins cmd:jq
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/floods.sh"
plan 39

MANY=10000	# packets of a burst
! in_guest || MANY=2000	# emulated
CLOSED=10.0.0.1:9000
OPEN=10.0.0.1:9001

cpus=$(nproc)
senders=$((cpus > 1 ? cpus : 2))

new_lab || exit 1

# select_at_b NAME OPTION...: what comes to B
select_at_b()
{
	start_trace "$1" -N "$NS_B" -i veth-b -d in --id -w 60 "${@:2}" \
		"$MATCHED"
}

# end_idle NAME COUNT: ends a trace without end when it has met so many and all
# of them have gone
end_idle()
{
	ok "$1: the table is empty at the end" \
		wait_for "$PATIENCE" has_settled "$PID" "$2"
	diag "$1: $(declare -p MAPS)"
	kill -INT "$PID"
	end_trace "$1"
}

# adds_up NAME FILE COUNT [LIST]: each packet that matched is one path, whole or
# with gaps, or was not tracked; no path has an event of another packet
adds_up()
{
	account "$2" ${4:+-v list="$4"}
	is "$STATUS" 0 "$1: exit status"
	is "$((SUM[note_selected] + SUM[note_untracked]))" "$3" \
		"$1: all that were sent are selected or counted as untracked"
	is "$((SUM[whole] + SUM[gaps])) ${SUM[families]} ${SUM[again]}" \
		"${SUM[note_selected]} ${SUM[note_selected]} 0" \
		"$1: each that was selected is one path"
	is "$(sums foreign strays twice without)" "0 0 0 0" \
		"$1: no path has an event of another packet"
	is "$(sums wrong lost)" "0 ${SUM[note_lost]}" \
		"$1: the losses of the paths are those of the kernel"
}

# ------------------------------------------------------------ a burst

select_at_b few -c 0 -o records "${FEW[@]}"
flood 1 $MANY "$senders" 0 $CLOSED
end_idle few $MANY
adds_up few "$TMP/few.out" $MANY
is "$(sums note_untracked note_orphans)" "0 0" "few: the table is large enough"

select_at_b default -c $MANY -o records
flood 1 $MANY "$senders" 0 $CLOSED
end_trace default
adds_up default "$TMP/default.out" $MANY

# ------------------------------------------------------------ other traffic

select_at_b beside -c 0 -o records "${FEW[@]}"
flood 1 $((MANY / 10)) "$senders" 10 $CLOSED
end_idle beside $((MANY / 10))
adds_up beside "$TMP/beside.out" $((MANY / 10))

# ------------------------------------------------------------ a number of them

for count in 1 100; do
	select_at_b "exactly-$count" -c $count -o records "${FEW[@]}"
	flood 1 1000 "$senders" 1 $CLOSED
	end_trace "exactly-$count"
	account "$TMP/exactly-$count.out"
	is "$(sums families note_selected foreign)" "$count $count 0" \
		"-c $count: exactly so many"
done

# ------------------------------------------------------------ a small ring

# While the loader stands still, events find no room.
select_at_b ring -c 0 -b 8K -o json -W "$TMP/ring.saved" "${FEW[@]}"
loader=$(process_of "$PID" "bpfload trace")
kill -STOP "$loader"
flood 1 300 "$senders" 0 $CLOSED
kill -CONT "$loader"
wait_for "$PATIENCE" has_settled "$PID" 300
flood 301 2000 "$senders" 0 $CLOSED
end_idle ring 2300
"$BPFPATH" -q -o records show "$TMP/ring.saved" >"$TMP/ring.records"
adds_up ring "$TMP/ring.records" 2300 "$TMP/ring.list"
ok "ring: there are gaps" [ "${SUM[gaps]}" -gt 0 ]
ok "ring: and paths without" [ "${SUM[whole]}" -gt 0 ]
is "$(json ring length)" "${SUM[note_selected]}" "ring: so many paths are shown"
is "$(jq -r 'select(.family.complete) | .packet' "$TMP/ring.out" | sort |
	paste -sd' ')" \
	"$(awk '$2 == "whole" { print $1 }' "$TMP/ring.list" | sort |
		paste -sd' ')" \
	"ring: those that are said to be complete are"

# ------------------------------------------------------------ a small table

# Not the short list: it lacks functions that free what a socket has taken.
fill_table()
{
	open_sink "${OPEN#*:}"
	select_at_b table -c 0 -t 8 -o records
	kill -STOP "$SINK"
	flood 1 200 "$senders" 1 $OPEN
	wait_for "$PATIENCE" has_met "$PID" 200
	is "${MAPS[selected]} ${MAPS[skb_map]} ${MAPS[untracked]}" "8 8 192" \
		"table: as many as it has room for"
	kill -CONT "$SINK"
	wait_for "$PATIENCE" has_settled "$PID" 200
	flood 201 200 "$senders" 1 $OPEN
	end_idle table 400
	adds_up table "$TMP/table.out" 400
	ok "table: the others are told" [ "${SUM[note_untracked]}" -ge 192 ]
	end_quietly "$SINK"
}

# Tracepoints do not show how each packet ends that a socket has taken.
if has_kprobes; then
	fill_table
else
	for ((i = 0; i < 8; i++)); do
		skip "table" "no kprobes"
	done
fi
no_leftovers "nothing is left"
