#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# receive.t: which of the packets that devices hand over bpf/receive.c selects.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

# receive_for [MORE]: adds to "objects" the program, with MORE behind its line
receive_for()
{
	objects+=("$OBJECTS/receive.o$run,filter=$filter$1")
}

make -s -C "$TOP" build/bpfload bpf "$BUILT/receive"
objects_for ring
# in the order of "enum" in receive.c
objects=()
filter_for --expression 'udp dst port 4660'
receive_for
receive_for ,want_netns=4026538888
receive_for ,want_devices=1,device=4026539999/13
filter_for --expression 'vlan 5 and udp dst port 4660'
receive_for
filter_for --expression 'inbound and udp'
receive_for
filter_for --expression 'udp dst port 4660'
receive_for
filter_for --expression 'ip[80] = 7'
receive_for
"$TOP/$BUILT/receive" "${objects[@]}"
