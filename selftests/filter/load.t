#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: ends
#
# load.t: old and new verifiers take filters of all kinds: some of the file
# "expressions", with all loops and all that is long, and 10,000 hosts, on a few packets.
# agree.t and split.t try all of them in the running kernel.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/tap.sh"

EVERY=8		# of how many expressions one is taken
LONG=100	# characters
PACKETS=20

# some: the expressions that are tried
some()
{
	awk -v every=$EVERY -v long=$LONG '
		NR % every == 1 || /protochain/ || length() > long
	' "$TOP/selftests/filter/expressions"
}

# many: 10,000 hosts, the last of which is in packets
many()
{
	printf '~ host 10.0.0.1 ~ '
	printf 'host %s or ' 172.20.{0..99}.{0..99}
	echo host 10.0.0.1
}

[ -n "$BPFPATH_GUEST" ] || build agree	# a guest has what was built before
for form in ether l3; do
	{ some; many; } | "$FILTER/agree" "$FILTER" $form "$PACKETS"
done | as_one -
