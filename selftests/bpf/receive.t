#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# receive.t: which of the packets that devices hand over bpf/receive.c selects.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

make -s -C "$TOP" build/bpfload bpf "$BUILT/receive"
objects_for ring
# in the order of "enum" in receive.c
objects=()
filter_for --expression 'udp dst port 4660'
add_program receive
add_program receive ,want_netns=4026538888
add_program receive ,want_devices=1,device=4026539999/13
filter_for --expression 'vlan 5 and udp dst port 4660'
add_program receive
filter_for --expression 'inbound and udp'
add_program receive
filter_for --expression 'udp dst port 4660'
add_program receive
filter_for --expression 'ip[80] = 7'
add_program receive
"$TOP/$BUILT/receive" "${objects[@]}"
