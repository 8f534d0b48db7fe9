#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: what is made of a packet is followed, too: clones, copies, parts
# requires: root cmd:gcc kprobes
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
plan 15

LISTENER=$TMP/listener

new_lab || exit 1
gcc -O1 -D_GNU_SOURCE -o "$LISTENER" "$TOP/selftests/e2e/listener.c" || exit 1

# has_multi: kprobe.multi stands on fprobe
has_multi()
{
	grep -qx 'CONFIG_FPROBE=y' "/boot/config-$(uname -r)"
}

# tree NAME: of all families, for each member, in the order of their numbers:
# packet, line of descent, what made it (6.1 clones in a function of its own),
# how it ended
tree()
{
	awk -F '\t' '
		/^#bpfpath-records-1/ {
			for (i = 1; i <= NF; i++)
				at[$i] = i - 1
		}
		/^#/ { next }
		{ who = $at["packet"] "," $at["kin"] }
		$1 == "select" { line[who] = 1; maker[who] = "-" }
		$1 == "born" {
			of = $at["packet"] "," $at["parent"]
			line[who] = line[of] "." ++children[of]
			maker[who] = $at["func"]
			sub(/^__skb_clone$/, "skb_clone", maker[who])
		}
		$1 == "end" { how[who] = $at["how"] }
		END {
			for (who in line) {
				split(who, part, ",")
				print part[1], part[2], line[who], maker[who],
					how[who]
			}
		}' "$TMP/$1.out" | sort -n -k1,1 -k2,2 |
		sed 's/ [0-9]*//' | paste -sd'|'
}

# gaps NAME: members whose steps are not 0, 1, … as many as their end says
gaps()
{
	awk -F '\t' '
		/^#bpfpath-records-1/ {
			for (i = 1; i <= NF; i++)
				at[$i] = i - 1
		}
		/^#/ { next }
		{ who = $at["packet"] "." $at["kin"] }
		$1 == "step" { seen[who]++ }
		$1 == "end" && seen[who] + 0 != $at["seq"] { print who }' \
		"$TMP/$1.out" | paste -sd' '
}

# listen A|B KIND: sets LISTENING
listen()
{
	in_background "listener-$2" nsenter "--net=/run/netns/bpfpath-$LAB-$1" \
		-- "$LISTENER" "$2"
	LISTENING=$PID
	wait_for "$PATIENCE" test -s "$TMP/listener-$2.out"
}

# mute: ends it
mute()
{
	kill "$LISTENING"
	wait_end "$LISTENING" 2>/dev/null || true
}

# family NAME WANT WHAT: the tree that is expected, each member without gaps
family()
{
	is "$STATUS" 0 "$3: exit status"
	is "$(tree "$1")" "$2" "$3: the family"
	is "$(gaps "$1")" "" "$3: no steps are lost"
}

request=(-o records -w 60 -N)

# ------------------------------------------------------------ taps

# A packet socket on A has a clone of what leaves by the macvlan, and one of
# what the device below sends.
listen A packet
for how in kprobe multi fentry; do
	if [ "$how" = multi ] && ! has_multi; then
		for what in "exit status" "the family" "no steps are lost"; do
			skip "tap, $how: $what" "no fprobe"
		done
		continue
	fi
	maker=skb_clone
	[ "$how" != fentry ] || maker=__copy_skb_header
	trace "tap-$how" ping_peer 10.0.0.1 -- "${request[@]}" "$NS_A" \
		-a "$how" -d out 'icmp and dst host 10.0.0.1'
	family "tap-$how" "1 1 - consumed|1 1.1 $maker consumed|1 1.2 $maker consumed" \
		"tap, $how"
done
mute

# ------------------------------------------------------------ sockets

# A raw socket on B has a clone of the request, beside the kernel's own ICMP.
listen B raw
trace raw ping_peer 10.0.0.1 -- "${request[@]}" "$NS_B" -i veth-b \
	'icmp and src host 10.0.0.2'
family raw "1 1 - consumed|1 1.1 skb_clone consumed" "raw socket"
mute

# ------------------------------------------------------------ a bridge

add_devices bridge
batch A <<-END
	link add port-x type veth peer name far-x
	link add port-y type veth peer name far-y
	link set port-x master bridge-a up
	link set port-y master bridge-a up
	link set far-x up
	link set far-y up
END
# Its own address is not known there: to all three ports.
flooded()
{
	set_neighbours "$NS_A" bridge-a 02:00:00:00:00:77 10.1.0.77
	ping_peer 10.1.0.77
}

trace flood flooded -- "${request[@]}" "$NS_A" -d out \
	'icmp and dst host 10.1.0.77'
like "$(tree flood)" \
	'^1 1 - dropped\|1 1.1 skb_clone dropped\|1 1.2 skb_clone dropped$' \
	"flooding: the family"
is "$(gaps flood)" "" "flooding: no steps are lost"
no_leftovers "nothing is left"
