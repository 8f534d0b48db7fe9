#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: bpfload: usage, bad objects, pins; programs the kernel refuses
# requires: root cmd:clang cmd:gcc cmd:bpftool
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/bpfload.sh"
plan 79

refuses_usage()
{
	run "${@:2}"
	is "$STATUS|${err#bpfpath: }|$out|$pins" "2|$1||" "bpfload ${*:2}"
}

# refuses_object NAME MESSAGE [FLAG...]: one of the bad objects
refuses_object()
{
	local object

	object=$(compile "$1" "$1" "${@:3}")
	refuses "${2//OBJECT/$object}" "object '$1'" pin --constants "$CONSTANTS" "$DIR" "$object" x
}

# ---------------------------------------------------------------- usage

# usage_of COMMAND: sets REPLY to its usage text, which names the options that it takes, and
# no others
usage_of()
{
	local taken

	run "$1"
	REPLY=${err#bpfpath: }
	is "$STATUS|${REPLY%% "$1" *}|$out" "2|usage: bpfload|" "bpfload $1: usage"
	taken=$(cd "$TOP/loader" && {
		! grep -q SETTINGS_OPTIONS "cmd_$1.c" || cat settings.h
		cat "cmd_$1.c"
	} | sed -nE 's/.*\{ "([a-z-]+)", (no|required)_argument,.*/--\1/p' | sort)
	is "$(grep -oE -e '--[a-z-]+' <<<"$REPLY" | grep -vx -e --show | sort)" "$taken" \
		"bpfload $1: its usage text has the options that it takes"
}

usage_errors()
{
	local pin attach trace list filter

	usage_of pin && pin=$REPLY
	usage_of attach && attach=$REPLY
	usage_of trace && trace=$REPLY
	usage_of list && list=$REPLY
	usage_of filter && filter=$REPLY
	run
	is "$STATUS|${err%%$'\n'*}|$out" '2|usage: bpfload COMMAND [ARGUMENT…]|' \
		"bpfload"
	run load
	is "$STATUS|${err%%$'\n'*}|$out" \
		"2|bpfpath: bpfload: unknown command 'load'|" "bpfload load"
	refuses_usage "$pin" pin "$DIR"
	refuses_usage "$attach" attach "$DIR" -- true
	refuses_usage "$attach" attach "$DIR" x.o --
	refuses_usage "$attach" attach "$DIR" x.o true
	refuses_usage "$trace" trace --pins x --plan x
	refuses_usage "$trace" trace --pins x --plan x --read map
	refuses_usage "$trace" trace --pins x --plan x --objects x --read map more
	refuses_usage "trace: --read 'tape': no such way of reading" \
		trace --pins x --plan x --objects x --read tape
	refuses_usage "trace: --packets '1x': not a number" trace --packets 1x
	refuses_usage "constant 'x': must be NAME=NUMBER" trace --set x
	refuses_usage "trace: --wait '': not a number" trace --wait ''
	refuses_usage "$list" list --attach kprobe more
	refuses_usage "attach by 'x': no such mechanism" list --attach x --functions /none
	refuses_usage "constant 'with_all': no program has one of that name" \
		trace --set with_all=1
	refuses_usage "$filter" filter icmp
	refuses_usage "unknown protocol 'x'" filter x 10.0.0.1
	refuses_usage 'usage: bpfload check' check more
	refuses_usage "read by 'x': no such mechanism" list --attach auto --read x
	refuses_usage "$list" list --attach auto --plan "$TMP/plan"
	run trace --tape
	like "$STATUS|$err" "^2\|.*unrecognized option '--tape'.*usage: bpfload trace" \
		"bpfload trace --tape"
	run list -q
	like "$STATUS|$err" "^2\|.*invalid option -- 'q'.*usage: bpfload list" \
		"bpfload list -q: options have long names alone"
}

# auto names what it has picked, and why that is not the best
picks()
{
	run list --attach auto --functions "$TOP/kp_funcs.list"
	like "$STATUS|$err" \
		"^0\|bpfpath: (no multi \(.*\): )?using (multi|kprobe|fentry|tracepoint)" \
		"bpfload list --attach auto: says what it has picked"
}

# ---------------------------------------------------------------- files

bad_files()
{
	local file

	echo 'int value;' >"$TMP/foreign.c"
	gcc -c -o "$TMP/foreign.o" "$TMP/foreign.c"
	echo 'hello' >"$TMP/text.o"
	for file in "$TMP/none.o:No such file or directory" \
			"$TMP:Is a directory" "/dev/null:not an ELF file" \
			"$TMP/text.o:not an ELF file" \
			"/bin/true:not for the BPF machine" \
			"$TMP/foreign.o:not for the BPF machine"; do
		refuses "${file%%:*}: ${file#*:}" "pin ${file%%:*}" \
			pin --constants "$CONSTANTS" "$DIR" "${file%%:*}" x
	done
	refuses_object license "OBJECT: for a machine of the other byte order" \
		-target "$(other_order)"
}

other_order()
{
	if [ "$(printf '\1\0' | od -An -t u2)" -eq 1 ]; then
		echo bpfeb
	else
		echo bpfel
	fi
}

# cut_off OBJECT STEP: every STEP bytes; all that is left is refused, in a line
cut_off()
{
	local at size refused=0 count=0

	size=$(stat -c %s "$1")
	cp "$1" "$TMP/cut.o"
	: >"$TMP/err"
	for ((at = (size - 1) / $2 * $2; at >= 0; at -= $2)); do
		truncate -s "$at" "$TMP/cut.o"
		STATUS=0
		"$BPFLOAD" pin --constants "$CONSTANTS" "$DIR" "$TMP/cut.o" x >>"$TMP/err" 2>&1 ||
			STATUS=$?
		count=$((count + 1))
		[ "$STATUS" -ne 1 ] || refused=$((refused + 1))
	done
	is "$refused,$(grep -c "^bpfpath: $TMP/cut.o: " "$TMP/err"),$(
		wc -l <"$TMP/err")|$(ls "$DIR")" "$count,$count,$count|" \
		"$(basename "$1"), $size bytes, cut off in $count places"
}

bad_objects()
{
	refuses_object license "OBJECT: no section 'license'"
	refuses_object section "program 'program': no program type is known \
for section 'uprobe/main'"
	refuses_object empty "OBJECT: no program in it"
	refuses_object twins "OBJECT: section 'classifier': more than one \
function in it"
	refuses_object rodata "OBJECT: section 'classifier': instruction 0 \
refers to what is no map: '.rodata'"
	refuses_object call "program 'program': calls 'other', which nobody \
defines"
	refuses_object extern "program 'program': nothing is known of the \
constant 'elsewhere'"
	refuses_object shape "OBJECT: maps without BTF (clang -g makes it)" -g0
	refuses_object shape "map 'shared': create: Invalid argument" \
		-DENTRIES=0
}

# ---------------------------------------------------------------- pins

pins()
{
	local object

	object=$(compile shape)
	refuses "map 'shared': pin it as $TMP/shared: Operation not permitted" \
		"a directory that is on no bpffs" pin --constants "$CONSTANTS" "$TMP" "$object" x
	refuses "map 'shared': pin it as $DIR/none/shared: No such file or \
directory" "a directory that is not there" pin --constants "$CONSTANTS" "$DIR/none" "$object" x
	run pin --constants "$CONSTANTS" "$DIR" "$object" x
	is "$STATUS|$err|$pins" $'0||shared\nx' "a good object"
	refuses "program 'x': pin it as $DIR/x: File exists" \
		"a name that is taken" pin --constants "$CONSTANTS" "$DIR" "$object" x
	refuses "program 'a/b': pin it as $DIR/a/b: No such file or directory" \
		"a name with a slash" pin --constants "$CONSTANTS" "$DIR" "$object" a/b
	other_shapes
	rm "$DIR"/*
}

# other_shape WHAT PINNED ASKED FLAG: "shared" is pinned as shape.c has it
other_shape()
{
	local object

	object=$(compile shape other "$4")
	refuses "map 'shared': the pinned map has $1 $2, the object asks for \
$3" "a pin of another $1" pin --constants "$CONSTANTS" "$DIR" "$object" y
}

other_shapes()
{
	other_shape type 2 1 -DTYPE=BPF_MAP_TYPE_HASH
	other_shape "key size" 4 8 -DKEY=__u64
	other_shape "value size" 8 4 -DVALUE=__u32
	other_shape "entries" 4 5 -DENTRIES=5
}

# A kernel without BTF: of its structures all is 0, and our programs load.
without_btf()
{
	run list --attach tracepoint --btf-dir /nonexistent \
		--functions "$TOP/kp_funcs.list" --constants "$TMP/none.constants"
	like "$err" 'no BTF: interfaces are not shown' "no BTF: is said"
	is "$(awk '$2 { print $1 }' "$TMP/none.constants")" \
		$'#bpfpath-constants-1\nhas_fetch' "no BTF: constants are 0"
	CONSTANTS=$TMP/none.constants pin_ours classifier ring
	is "$STATUS|$err" "0|" "no BTF: the classifier"
	rm "$DIR"/*
}

# Without .maps there is nothing to pin but the program.
no_maps()
{
	local object

	echo 'char LICENSE[] __attribute__((section("license"))) = "GPL";' \
		>"$TMP/gpl.h"
	object=$(compile license plain -include "$TMP/gpl.h")
	run pin --constants "$CONSTANTS" "$DIR" "$object" x
	is "$STATUS|$err|$pins" "0||x" "an object without maps"
	rm "$DIR"/*
}

unprivileged()
{
	chmod 755 "$TMP"
	compile shape public >/dev/null
	cp "$BPFLOAD" "$TMP/bpfload"
	BPFLOAD=$TMP/bpfload_as_nobody
	printf '%s\n' '#!/bin/sh' "exec setpriv --reuid 65534 --regid 65534 \
--clear-groups -- '$TMP/bpfload' \"\$@\"" >"$BPFLOAD"
	chmod 755 "$BPFLOAD" "$TMP/bpfload"
	run pin --constants "$CONSTANTS" "$DIR" "$TMP/public.o" x
	like "$STATUS|$err|$out|$pins" "^1\|.*bpfpath: map 'shared': [^:]*: \
(Operation not permitted|Permission denied)\|\|$" "pin without root"
	BPFLOAD=$TOP/build/bpfload
}

# ---------------------------------------------------------------- the kernel

# refused NAME SECTION ERROR REGEX: the kernel does, and a line of its log says why
refused()
{
	local object what="the kernel refuses '$1'"

	object=$(compile "$1")
	run pin --constants "$CONSTANTS" "$DIR" "$object" x
	is "$STATUS|${err%%$'\n'*}|$out" \
		"1|bpfpath: program '$2': the kernel refuses it: $3|" "$what"
	like "$err" "$4" "$what: the log says why"
	ok "$what: only the log's tail is shown" \
		[ "$(grep -c . "$TMP/err")" -le 15 ]
	ok "$what: there is no program" test ! -e "$DIR/x"
	rm -f "$DIR"/*
}

refused_programs()
{
	refused invalid classifier 'Permission denied' \
		"invalid mem access 'map_value_or_null'"
	refused long raw_tracepoint/kfree_skb 'Permission denied' \
		"R[0-9] invalid mem access '(scalar|inv)'"
	refused gpl raw_tracepoint/kfree_skb 'Invalid argument' \
		'cannot call GPL'
}

# ---------------------------------------------------------------- other loaders

# bpftool_loads WHAT TYPE OBJECT
bpftool_loads()
{
	bpftool prog load "$3" "$DIR/tool" type "$2" >&2
	ok "bpftool loads $1" test -e "$DIR/tool"
	rm -f "$DIR/tool"
}

# Without constants they think that there is no BTF, and read nothing.
other_loaders()
{
	if has_kprobes; then
		bpftool_loads "the probe of a function's return" kprobe \
			"$OBJECTS/kprobe_return.o"
	else
		skip "bpftool loads the probe of a function's return" \
			"no kprobes here"
	fi
}

usage_errors
picks
bad_files
cut_off "$(compile shape)" 64
other_loaders
cut_off "$OBJECTS/classifier.o" 512
bad_objects
pins
no_maps
without_btf
unprivileged
refused_programs
