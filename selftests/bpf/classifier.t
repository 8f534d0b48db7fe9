#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# classifier.t: bpf/classifier.c selects frames, and what it says of them.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

make -s -C "$TOP" build/bpfload bpf "$BUILT/classifier"
objects_for ring
filter_for --expression 'not ether src 02:00:00:00:00:ff'
objects=("$(classifier ingress)" "$(classifier egress)")
for source in 10.1.2.3 2001:db8::1; do
	filter_for udp "$source"
	objects+=("$(classifier ingress)")
done
"$TOP/$BUILT/classifier" "${objects[@]}"
