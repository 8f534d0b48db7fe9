#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# process.t: --pid and --comm: which process has a packet made (bpf/output_probe.h).

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/objects.sh"

[ "$(uname -m)" = x86_64 ] || skip_all "makes registers of x86_64"
make -s -C "$TOP" build/bpfload bpf "$BUILT/process"
objects_for ring
# The program has the subshell's number
(
	objects=()
	for want in "--pid $BASHPID" "--comm a-name-of-many-" "--pid 1" ""; do
		# shellcheck disable=SC2086 # an option and its value
		filter_for $want --expression 'greater 1'
		objects+=("$(object kprobe 1 stage=1)")
	done
	exec "$TOP/$BUILT/process" "${objects[@]}"
)
