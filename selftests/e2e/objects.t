#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: our objects are objects that other loaders take as well
# requires: root cmd:bpftool
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 3

PIN=/sys/fs/bpf/object$$
OBJECTS=$TOP/build/bpf/$(uname -m)

mount_quietly

# loads OBJECT WHAT TYPE: bpftool loads it
loads()
{
	ok "bpftool loads $2" bpftool prog load "$OBJECTS/$1.o" "$PIN" type "$3"
	rm -f "$PIN"
}

loads kprobe_return "the probe of a function's return" kprobe
# What has constants and filters put in, others cannot load (Documentation/design.md).
ok "but no classifier" not bpftool prog load "$OBJECTS/classifier.o" "$PIN"
ok "and nothing is pinned" test ! -e "$PIN"
