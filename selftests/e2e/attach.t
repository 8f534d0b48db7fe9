#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: each way of attaching to functions shows the same path
# requires: root cmd:jq kprobes
. "${BASH_SOURCE%/*}/../lib.sh"
plan 27

new_lab || exit 1

# has_multi: kprobe.multi stands on fprobe
has_multi()
{
	grep -qx 'CONFIG_FPROBE=y' "/boot/config-$(uname -r)"
}

# reply NAME OPTIONS...: the path of an echo reply on A
reply()
{
	trace "$1" ping_peer 10.0.0.1 -- -N "$NS_A" -i veth-a -w 60 "${@:2}" \
		icmp 10.0.0.1
}

# path_by HOW: that path, attached in that way
path_by()
{
	reply "$1" -a "$1" -o json
	is "$STATUS" 0 "$1: exit status"
	is "$(json "$1" '.[0] | "\(.complete) \(.end.how)"')" "true consumed" \
		"$1: complete to its end"
	ok "$1: the function that receives it" has_func "$1" 'icmp_rcv|ping_rcv'
}

skip_path_by()
{
	skip "$1: exit status" "$2"
	skip "$1: complete to its end" "$2"
	skip "$1: the function that receives it" "$2"
	skip "$1: the same path as by kprobes" "$2"
}

# probed NAME: how many functions it says
probed()
{
	sed -n 's/^bpfpath: \([0-9]*\) of .* functions probed.*/\1/p' \
		"$TMP/$1.err"
}

path_by kprobe
ok "kprobe: an argument that is a sk_buff **" has_func kprobe \
	macvlan_handle_frame

if has_multi; then
	path_by multi
	is "$(funcs_of multi)" "$(funcs_of kprobe)" \
		"multi: the same path as by kprobes"
	is "$(probed multi)" "$(probed kprobe)" "multi: as many functions"
else
	skip_path_by multi "kernel $(uname -r) has no fprobe"
	skip "multi: as many functions" "kernel $(uname -r) has no fprobe"
fi

# Modules have no BTF before 5.11, and fentry knows functions by BTF.
path_by fentry
if since 5 11; then
	is "$(funcs_of fentry)" "$(funcs_of kprobe)" \
		"fentry: the same path as by kprobes"
else
	is "$(funcs_of fentry)" "$(funcs_of kprobe | grep -v macvlan)" \
		"fentry: the same path, without functions of modules"
fi

# A drop, with its place, by each of them.
for how in kprobe multi fentry; do
	if [ "$how" = multi ] && ! has_multi; then
		skip "$how: dropped" "kernel $(uname -r) has no fprobe"
		continue
	fi
	trace "drop-$how" send_udp 10.0.0.1 9 -- -N "$NS_B" -a "$how" -o json \
		-w 60 "${FEW[@]}" udp 10.0.0.2
	like "$(json "drop-$how" '.[0].end | "\(.how) \(.location)"')" \
		'^dropped (__udp4_lib|udp)_rcv\+' "$how: dropped"
done

# What auto picks, by kernel and by the number of functions.
reply few -o records "${FEW[@]}"
is "$(sed -n 's/^# attach: //p' "$TMP/few.out")" kprobe "auto: a few functions"
like "$(cat "$TMP/few.err")" 'using kprobe' "auto: says so"
reply many -o json -W "$TMP/many.records"
has_multi && want=multi || want=kprobe
is "$(sed -n 's/^# attach: //p' "$TMP/many.records")" "$want" "auto: many"
like "$(cat "$TMP/many.err")" "using $want" "auto: says so, too"
is "$(funcs_of many)" "$(funcs_of kprobe)" "auto: the path"

# --all: every function that takes a packet, and the list's meaning of the end.
reply all --all -o json
is "$STATUS" 0 "--all: exit status"
ok "--all: a thousand functions" [ "$(probed all)" -ge 1000 ]
is "$(json all '.[0] | "\(.complete) \(.end.how) \(.end.func)"')" \
	"true consumed consume_skb" "--all: complete to its end"
is "$(comm -13 <(funcs_of all | sort -u) <(funcs_of kprobe | sort -u))" "" \
	"--all: what the list shows is there"
ok "--all: and more" [ "$(funcs_of all | wc -l)" -gt \
	"$(funcs_of kprobe | wc -l)" ]
no_leftovers "nothing is left"
