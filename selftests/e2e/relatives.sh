# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some variables are for test files
#
# relatives.sh: families of packets (records of -o records), and programs that make
# or take their members, sourced by test files after lib.sh.

# members NAME: of all families, a line for each member, in the order of their
# numbers: packet, line of descent, what made it (6.1 clones in a function of
# its own), how it ended
members()
{
	awk "$AWK_COLUMNS"'
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
		}' "$TMP/$1.out" | sort -n -k1,1 -k2,2 | sed 's/ [0-9]*//'
}

# tree NAME: all of them, in one line
tree()
{
	members "$1" | paste -sd'|'
}

# tree_of NAME PACKET: one family alone, in the order of its lines of descent,
# without the number of the packet
tree_of()
{
	members "$1" | sed -n "s/^$2 //p" | sort -V | paste -sd'|'
}

# ifaces_of NAME PACKET: the devices that this family passes, one after another
ifaces_of()
{
	awk -v packet="$2" "$AWK_COLUMNS"'
		/^#/ { next }
		$at["packet"] == packet && $at["ifname"] != "-" {
			print $at["ns"], $at["ifname"]
		}' "$TMP/$1.out" | sort -n | cut -d' ' -f2 | uniq | paste -sd' '
}

# gapped NAME: members whose steps are not 0, 1, … as many as their end says, a
# line each: PACKET.KIN
gapped()
{
	awk "$AWK_COLUMNS"'
		/^#/ { next }
		{ who = $at["packet"] "." $at["kin"] }
		$1 == "step" { seen[who]++ }
		$1 == "end" && seen[who] + 0 != $at["seq"] { print who }' "$TMP/$1.out"
}

# gaps NAME: in one line
gaps()
{
	gapped "$1" | paste -sd' '
}

# list_with FUNC...: a list in $TMP/relatives.list: the short one, what ends a packet
# in any way, and these
list_with()
{
	{
		cat "$TOP/selftests/e2e/few.list"
		awk '$1 !~ /:/ && ($2 == 1 || $2 == 2) && NF == 2' \
			"$TOP/kp_funcs.list"
		printf '%s\n' "$@"
	} >"$TMP/relatives.list"
}

# listen A|B KIND [IFNAME]: listener.c; sets LISTENING
listen()
{
	serve "$1" "listener-$2" "$TOOLS/listener" "${@:2}"
}

# ---------------------------------------------------------------- TCP

# lossy EXPRESSION: B loses the first packet that matches (nft(8))
lossy()
{
	on B nft -f - <<-END
		table ip lossy {
			chain input {
				type filter hook prerouting priority 0;
				$1 limit rate 1/hour burst 1 packets drop
			}
		}
	END
}

# stream ADDRESS BYTES...: a connection from A to port 99 of B
stream()
{
	local PID LISTENING

	serve B stream "$TOOLS/stream" listen 99
	on A "$TOOLS/stream" send "$1" 99 "${@:2}"
	wait_end "$PID"
}

# lossy_stream FLAG BYTES...: one where the first packet with this flag, of syn and
# psh, is lost
lossy_stream()
{
	lossy "tcp dport 99 tcp flags & (syn | psh) == $1"
	stream 10.0.0.1 "${@:2}"
	on B nft delete table ip lossy
}
