#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: addresses of sk_buffs are used again at once: no false path
# requires: root tool:flood tool:chat tool:sink tool:pins tool:inject cmd:nft
# kernels: ends
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/floods.sh"
plan 10

ROUNDS=60	# one after the other, but no more …
LIMIT=30	# … after so many seconds
PACKETS=1100	# of a round, and as many beside them
MESSAGES=100	# by TCP, of a round
GROWTH=2048	# kB by which a process may differ from itself

# Places to end: a closed port, a socket, netfilter's hooks at both nodes, where B
# sends it on, a tun device, a queue, a closed port of the sender.
TARGETS=(10.0.0.1:900{0..2} "$BEYOND:9000" "$BEYOND:9006" 10.11.0.1:9000
	10.13.0.1:9000 10.0.0.2:9000)

# What tracepoints do not see: that the sender's own filter drops it, how it ends
# at a socket.
! has_kprobes || TARGETS+=(10.0.0.1:900{3..5})

loader=		# processes
report=
sent=0		# marked packets
memory=()	# after each round: kB of the loader and of pathreport …
files=()	# … and how many descriptors they have

# drop_at A|B HOOK PORT: nft(8)
drop_at()
{
	on "$1" nft -f - <<-END
		table ip soak {
			chain $2 {
				type filter hook $2 priority 0
				udp dport $3 drop
			}
		}
	END
}

# add_short_queue: pair-a drops all
add_short_queue()
{
	add_device pair && tc -n "$NS_A" qdisc add dev pair-a root pfifo limit 0
}

make_paths()
{
	add_forwarding && open_tun 0 &&
		drop_at B prerouting 9001 && drop_at B input 9002 &&
		drop_at A postrouting 9003 && drop_at A output 9004 &&
		drop_at B forward 9006 && add_short_queue
}

# memory_of PID: kB of its own; of the ring buffer it has read more and more
memory_of()
{
	local status

	status=$(<"/proc/$1/status")
	status=${status##*RssAnon:}
	echo $((${status%%kB*}))
}

# descriptors PID
descriptors()
{
	local files=("/proc/$1/fd/"*)

	echo ${#files[@]}
}

sample()
{
	memory+=("$(memory_of "$loader") $(memory_of "$report")")
	files+=("$(descriptors "$loader") $(descriptors "$report")")
}

play_round()
{
	local chatting=

	if has_kprobes; then
		on A "$TOOLS/chat" 10.0.0.1 9010 $MESSAGES &
		chatting=$!
	fi
	flood $((sent + 1)) $PACKETS "$(nproc)" 1 "${TARGETS[@]}"
	sent=$((sent + PACKETS))
	[ -z "$chatting" ] || wait "$chatting"
}

# most FIELD: of lines, the greatest number there
most()
{
	cut -d' ' -f"$1" | sort -n | tail -n 1
}

# grows FIELD: the last rounds need more memory than the first ones
grows()
{
	local third=$((${#memory[@]} / 3)) before after

	before=$(printf '%s\n' "${memory[@]:0:third}" | most "$1")
	after=$(printf '%s\n' "${memory[@]: -third}" | most "$1")
	[ "$after" -gt $((before + GROWTH)) ]
}

new_lab && make_paths || exit 1
open_sink 9005
in_background listen nsenter "--net=/run/netns/$NS_B" -- \
	"$INJECT" listen 10.0.0.1 9010

mkfifo "$TMP/soak.out"
add_up "$TMP/soak.out" -v rules=1 >"$TMP/soak.sums" &
sums=$!
start_trace soak -N "$NS_A" -d out --id -c 0 -b 32M -o records 'src port 7000' || exit 1
loader=$(process_of "$PID" "bpfload trace")
report=$(process_of "$PID" pathreport)
end=$((SECONDS + LIMIT))
for ((i = 0; i < ROUNDS && SECONDS < end; i++)); do
	play_round
	sample
done
diag "rounds: $i, memory: ${memory[*]/%/,}"

ok "the table is empty at the end" wait_for "$PATIENCE" is_empty "$PID"
diag "$(declare -p MAPS)"
kill -INT "$PID"
STATUS=0
wait_end "$PID" || STATUS=$?
diag "$(cat "$TMP/soak.err")"
wait $sums
take_sums soak <"$TMP/soak.sums"

is "$STATUS" 0 "exit status"
ok "all that was sent matched" \
	[ $((SUM[note_selected] + SUM[note_untracked])) -ge "$sent" ]
is "$(sums families again)" "${SUM[note_selected]} 0" \
	"each that was selected is one path"
ok "addresses were used again" \
	[ "${SUM[reused]}" -gt $((SUM[families] / 2)) ]
is "$(sums foreign without)" "0 0" "no path has an event of another packet"
is "$(sums wrong lost)" "0 ${SUM[note_lost]}" \
	"the losses of the paths are those of the kernel"
ok "the loader's memory stays as it is" not grows 1
ok "that of pathreport too" not grows 2
is "${files[-1]}" "${files[1]}" "and so do their descriptors"
