#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: bpfload trace and bpfpath.sh: plans and objects that cannot be run
# requires: root cmd:clang cmd:bpftool
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/bpfload.sh"
plan 33

new_lab || exit 1
mkdir "$TMP/objects"

# ---------------------------------------------------------------- plans

# plan_line FIELD...: a line of a plan
plan_line()
{
	local IFS=$'\t'

	printf '%s\n' "$*"
}

# plan_head: the names of the columns
plan_head()
{
	plan_line '#bpfpath-plan-2' num name role verdict how symbol unique module \
		addr btf_id arg deref reason_arg caller_arg result_arg stage \
		other_arg rule ip6 why
}

# tracepoint: a line of one
tracepoint()
{
	plan_line 1 kfree_skb step 2 tracepoint kfree_skb 0 - - 0 1 0 0 0 0 0 0 0 0 -
}

# refuses_plan MESSAGE WHAT: the plan in $TMP/plan; no record is written
refuses_plan()
{
	local before

	before=$(ls "$DIR")
	run trace --quiet --wait 1 --pins "$DIR" --plan "$TMP/plan" \
		--constants "$CONSTANTS" --objects "$TMP/objects" --read map
	is "$STATUS|$err|$(grep -v '^#' <<<"$out")|$pins" \
		"1|bpfpath: $1||$before" "$2"
}

# bad_line WHAT FIELD...: behind a head and a good line
bad_line()
{
	{
		plan_head
		tracepoint
		plan_line "${@:2}"
	} >"$TMP/plan"
	refuses_plan "$TMP/plan:3: not a line of a plan" "a plan with $1"
}

# bad_object MESSAGE WHAT [OBJECT]: a good plan, whose object this is, or there is none
bad_object()
{
	{
		plan_head
		tracepoint
	} >"$TMP/plan"
	[ -z "$3" ] || cp "$3" "$TMP/objects/tracepoint.o"
	refuses_plan "$1" "$2"
}

bad_plans()
{
	tracepoint >"$TMP/plan"
	refuses_plan "$TMP/plan:1: not a line of a plan" \
		"a plan whose columns have no names"
	bad_line 'an empty line'
	bad_line 'too few fields' 1 ip_rcv step 0 skip
	bad_line 'too many fields' 1 f step 0 skip - 0 - - 0 0 0 0 0 0 0 0 0 0 why more
	bad_line 'an empty field' 1 f step 0 skip - 0 - - 0 0 0 0 0 0 0 0 0 0 ''
	bad_line 'no number' x f step 0 skip - 0 - - 0 0 0 0 0 0 0 0 0 0 why
	bad_line 'an unknown role' 1 f seed 0 tracepoint f 1 - - 0 1 0 0 0 0 0 0 0 0 -
	bad_line 'an unknown mechanism' 1 f step 0 magic f 1 - - 0 1 0 0 0 0 0 0 0 0 -
	bad_line 'FIN 4' 1 f step 4 tracepoint f 0 - - 0 1 0 0 0 0 0 0 0 0 -
	bad_line 'argument 9' 1 f step 0 tracepoint f 0 - - 0 9 0 0 0 0 0 0 0 0 -
	bad_line 'no argument' 1 f step 0 tracepoint f 0 - - 0 0 0 0 0 0 0 0 0 0 -
	run trace --quiet --pins "$DIR" --plan "$TMP/none" \
		--constants "$CONSTANTS" --objects "$TMP/objects" --read map
	is "$STATUS|$err" "1|bpfpath: $TMP/none: No such file or directory" \
		"a plan that is not there"
}

# What the plan says can be read, but not done. The maps are there by now.
plans()
{
	plan_head >"$TMP/plan"
	refuses_plan "map 'state': $DIR/state: No such file or directory" \
		"a directory without maps"
	pin_ours classifier map
	is "$STATUS|$err|$pins" $'0||claims\nfamily_map\nlooked\npassed\npassed_limit\npath_map\nseen\nskb_map\nslots\nstate\nx' \
		"a classifier of ours"
	refuses_plan "nothing of the list can be probed" "an empty plan"
	bad_object "$TMP/objects/tracepoint.o: No such file or directory" \
		"a plan whose object is not there"
	cp "$(compile absent)" "$TMP/objects/tracepoint.o"
	{
		plan_head
		plan_line 1 no_such_tracepoint step 0 tracepoint \
			no_such_tracepoint 0 - - 0 1 0 0 0 0 0 0 0 0 -
	} >"$TMP/plan"
	refuses_plan "nothing of the list can be probed" \
		"a tracepoint that is not there"
	bad_object "map 'shared': $DIR/shared: No such file or directory" \
		"an object that asks for a map that is not there" \
		"$(compile shape)"
	bad_object "map 'state': the pinned map has value size 128, the object \
asks for 4" "an object that asks for a map of another shape" \
		"$(compile shape state -Dshared=state -DENTRIES=7 -DVALUE=__u32)"
	whole_log
	rm "$DIR"/*
}

# -v: all of the log, which is longer than the first room for it
whole_log()
{
	local what="-v, a log of"

	{
		plan_head
		tracepoint
	} >"$TMP/plan"
	cp "$(compile long)" "$TMP/objects/tracepoint.o"
	run trace --verbose --pins "$DIR" --plan "$TMP/plan" \
		--constants "$CONSTANTS" --objects "$TMP/objects" --read map
	is "$STATUS" 1 "$what a refused program: status"
	ok "$what more than 64 KiB" [ "$(stat -c %s "$TMP/err")" -gt 65536 ]
	ok "$what: its first line" grep -q '^0: ' "$TMP/err"
	ok "$what: its end" grep -q 'invalid mem access' "$TMP/err"
}

# A trace goes on without the probe of a rule, or of an answer, and says what it lacks.
# Some hosts permit no program at functions, whatever it is.
refused_answer()
{
	local id

	id=$(bpftool btf dump file /sys/kernel/btf/vmlinux |
		sed -n "s/^\[\([0-9]*\)\] FUNC 'arp_process' .*/\1/p")
	{
		plan_head
		tracepoint
		plan_line 2 arp_process rule 0 rule_fentry arp_process 1 - - \
			"$id" 0 0 0 0 0 0 0 7 0 -
	} >"$TMP/plan"
	cp "$OBJECTS"/{tracepoint,prog}.o "$TMP/objects"
	cp "$(compile beyond)" "$TMP/objects/rule_fentry.o"
	pin_ours classifier map
	run trace --quiet --wait 0.1 --pins "$DIR" --plan "$TMP/plan" \
		--constants "$CONSTANTS" --set read_map=1 --filter "$TMP/filter" \
		--objects "$TMP/objects" --read map
	is "$STATUS" 3 "a probe of answers is refused: the trace goes on"
	like "$err" "^bpfpath: why ARP or neighbour discovery does not answer \
is not told: the kernel refuses rule_fentry at arp_process: (Permission denied|\
Operation not permitted)"$'\n'"tracing packets …$" "... without -v"
	rm "$DIR"/*
}

# ---------------------------------------------------------------- the driver

# driver OBJECT INSTEAD: bpfpath.sh with another program for one of ours; sets STATUS,
# out, err, and left: what is left behind
driver()
{
	rm -rf "$TMP/instead"
	cp -r "$OBJECTS" "$TMP/instead"
	cp "$(compile "$2")" "$TMP/instead/$1.o"
	STATUS=0
	BPFPATH_OBJECTS=$TMP/instead "$BPFPATH" -q -N "$NS_A" -i any -a tracepoint \
		"${FEW[@]}" -w 1 -o records icmp 10.0.0.1 \
		>"$TMP/out" 2>"$TMP/err" </dev/null &
	wait "$!" || STATUS=$?
	out=$(grep -v '^#' "$TMP/out")
	err=$(<"$TMP/err")
	left=$(left_of "$!"
		tc_state "$NS_A")
}

# driver_refuses WHAT SECTION REGEX
driver_refuses()
{
	is "$STATUS|${err%%$'\n'*}|$out|$left" \
		"1|bpfpath: program '$2': the kernel refuses it: Permission \
denied||" "bpfpath.sh: the kernel refuses $1"
	like "$err" "$3" "bpfpath.sh: the kernel refuses $1: its log"
	is "$(grep -c 'refuses it' "$TMP/err")" 1 \
		"bpfpath.sh: the kernel refuses $1: said once"
}

drivers()
{
	driver classifier invalid
	driver_refuses "the classifier" classifier 'invalid mem access'
	driver tracepoint long
	driver_refuses "the probes" raw_tracepoint/kfree_skb \
		'invalid mem access'
	driver tracepoint shape
	is "$STATUS|${err/$PINS\/+([A-Za-z0-9])/DIR}|$out|$left" \
		"1|bpfpath: map 'shared': DIR/shared: No such file or \
directory||" "bpfpath.sh: a probe asks for an unknown map"
	driver classifier license
	like "$STATUS|$err|$out|$left" \
		"^1\|bpfpath: /[^ ]*\.o: no section 'license'\|\|$" \
		"bpfpath.sh: a classifier without license"
}

shopt -s extglob
bad_plans
plans
refused_answer
drivers
