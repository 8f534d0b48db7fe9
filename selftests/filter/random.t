#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# random.t: random programs of classic BPF, and a few with loops, become programs
# that the verifier takes and that do the same as libpcap does with them.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/tap.sh"

COUNT=${COUNT:-1000}	# random programs
PACKETS=100
LOOPS=(
	# 64 turns, the most that there can be: for (a = 64; a; a--)
	"0 0 0 64 21 2 0 0 20 0 0 1 5 0 0 4294967293 6 0 0 1"
	# as many as the packet says, then another byte of it
	"48 0 0 15 84 0 0 15 21 2 0 0 20 0 0 1 5 0 0 4294967293 48 0 0 20 22 0 0 0"
	# one in another, 5 by 6; what it counts by is in M[0]
	"0 0 0 5 2 0 0 0 0 0 0 6 21 2 0 0 20 0 0 1 5 0 0 4294967293 96 0 0 0 20 0 0 1 2 0 0 0 21 1 0 0 5 0 0 4294967287 6 0 0 1"
	# behind each other, with the turns of both
	"0 0 0 50 21 2 0 0 20 0 0 1 5 0 0 4294967293 0 0 0 50 21 2 0 0 20 0 0 1 5 0 0 4294967293 6 0 0 1"
)

# far: a program of so many addresses (the one of many packets last) that what stands
# behind, the length of other packets, is out of a jump's reach
far()
{
	awk 'BEGIN {
		n = 12000
		printf "= 40 0 0 12 21 1 0 2048 5 0 0 %d 32 0 0 26", 2 * n + 2
		for (i = 1; i < n; i++)
			printf " 21 0 1 %.0f 6 0 0 1", 3232235520 + i
		print " 21 0 1 167772161 6 0 0 1 6 0 0 0 128 0 0 0 37 0 1 100 6 0 0 1 6 0 0 0"
	}'
}

# programs: a line each, as agree reads them
programs()
{
	printf '= %s\n' "${LOOPS[@]}"
	far
	"$FILTER/random" "$COUNT"
}

build agree random
for form in ether l3; do
	programs | "$FILTER/agree" "$FILTER" $form "$PACKETS"
done | as_one -
