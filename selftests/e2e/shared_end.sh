#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# shared_end.sh: ends the trace that labs have shared (shared.sh) and looks at the
# whole of it. run.sh runs this behind the last test file; it prints TAP.
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
. "${BASH_SOURCE%/*}/shared.sh"

[ -e "$SHARED_DIR/pid" ] || skip_all "no lab has shared a trace"
plan 5

# summary: what it says at its end of all packets
summary()
{
	sed -n 's/^bpfpath: [0-9]* packets\{0,1\} selected: //p' "$SHARED_DIR/talk"
}

pid=$(<"$SHARED_DIR/pid")
ok "it has run to the end" not is_gone "$pid"
kill -INT "$pid"
ok "it ends" wait_for "$PATIENCE" is_gone "$pid"
shared_base=0
window_take all
show_talk all
# missed.t sees to it that the kernel does not run all probes. Before 6.7 it does not
# count them.
lost=', nothing lost|; [0-9]+ probes did not run'
lost+='|, no event lost; probes that did not run are not counted here'
# A path is not called complete while a BPF program of somebody else comes: a packet may
# pass it before it has a probe. Tests of such programs send packets at once.
came=$(grep -c ' came during the run, and is probed from now on' "$SHARED_DIR/talk")
all=$(summary)
[[ $came -eq 0 || ! $all =~ ,\ ([0-9]+)\ with\ gaps || ${BASH_REMATCH[1]} -gt $came ]] ||
	all=${all/"${BASH_REMATCH[0]}"/}
like "$all" "^[0-9]+ complete($lost)\$" "each path is complete, but while a program came"
is "$(gaps all)" "" "no steps are lost"
is "$(BPFPATH_SHARED='' run_state)" "" "nothing is left"
