#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: Documentation/lesson.md: its commands work, and show what it says
# requires: root cmd:clang cmd:bpftool cmd:tc
# All kernels: each has a verifier of its own.
. "${BASH_SOURCE%/*}/../lib.sh"
plan 13

LESSON=$TOP/Documentation/lesson.md
mount_quietly

# block SECTION: the commands below that heading
block()
{
	awk -v section="## $1" '
		/^## / { within = $0 == section }
		/^```/ { code = !code; next }
		within && code' "$LESSON"
}

# run_block SECTION: sets OUT and STATUS
run_block()
{
	STATUS=0
	OUT=$(cd "$TOP" && bash -ec "$(block "$1")" 2>&1) || STATUS=$?
	[ "$STATUS" = 0 ] || diag "$OUT"
}

# address_in: some bytes of the map's value are not 0
address_in()
{
	[[ $1 =~ \"?value\"?:\ (0x)?[0-9a-f\ ]*[1-9a-f] ]]
}

# dirs_of_tc: what tc makes in the BPF file system for itself
dirs_of_tc()
{
	find /sys/fs/bpf -mindepth 1 -maxdepth 2 \( -path '*/tc*' -o \
		-name xdp -o -name ip \) | sort -r
}

before=$(dirs_of_tc)
trap 'run_block "Clean up"; clean_up' EXIT
for file in "$TOP"/bpf/lesson/*.c; do
	ok "${file##*/}: 80 lines at most" test "$(wc -l <"$file")" -le 80
	is "$(grep -c '#include "' "$file")" 0 "... and no header of ours"
done

run_block "The classifier"
is "$STATUS" 0 "the classifier, by tc"
ok "... notes an address" address_in "$OUT"

if has_kprobes; then
	run_block "The probes"
	is "$STATUS" 0 "probes, by bpftool and bpfload"
	times=$(grep -oE '(ip_rcv|ip_local_deliver|icmp_rcv): [0-9]+ ns' <<<"$OUT")
	is "$(cut -d: -f1 <<<"$times" | xargs)" "ip_rcv ip_local_deliver icmp_rcv" \
		"... the packet's way"
	is "$(cut -d' ' -f2 <<<"$times" | sort -n)" "$(cut -d' ' -f2 <<<"$times")" \
		"... in the order of time"
else
	for what in "probes, by bpftool and bpfload" "... the packet's way" \
			"... in the order of time"; do
		skip "$what" "no kprobes"
	done
fi

run_block "By bpfpath's loader"
is "$STATUS" 0 "the classifier, by bpfload"
ok "... notes an address" address_in "$OUT"
run_block "Clean up"
is "$STATUS" 0 "nothing is left of it"
for dir in $(dirs_of_tc); do
	[[ $'\n'$before$'\n' = *$'\n'"$dir"$'\n'* ]] || rm -d "$dir"
done
is "$(dirs_of_tc)" "$before" "... and of tc's directories"
trap clean_up EXIT
