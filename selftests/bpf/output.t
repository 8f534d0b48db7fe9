#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# output.t: which of the packets that are made on this machine bpf/output_probe.h selects.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

# output_for STAGE [MORE [FILTER_OPTION...]]: adds to "objects" an output probe of that
# stage, with MORE behind its line and these options of "bpfload filter"
output_for()
{
	filter_for "${@:3}" --expression 'udp dst port 4660'
	objects+=("$(object tracepoint 1 stage="$1")$2")
}

make -s -C "$TOP" build/bpfload bpf "$BUILT/output"
objects_for ring
# in the order of "enum" in output.c
objects=()
output_for 1
output_for 2
output_for 1 ,want_netns=4026538888
output_for 1 ,want_devices=1,device=4026539999/13,device=4026539999/11
output_for 1 '' --ifname 'fake*'
output_for 1 '' --ifname fake0
output_for 1 '' --uid 1001
output_for 1 '' --mark 0xe0/0xf0
output_for 2 ,passing_stage=2
"$TOP/$BUILT/output" "${objects[@]}"
