#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: bad protocols, addresses, lists of functions and saved traces
# requires: root cmd:clang
# kernels: host
# shellcheck disable=SC2016 # what is in single quotes must not expand
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/refusal.sh"
plan 91

GOLDEN=$TOP/selftests/golden/drop.in

new_lab || exit 1
mount_quietly
SHORT=(-q -N "$NS_A" -a tracepoint -w 1)

protocols()
{
	local name

	for name in sctp ICMP icmp4 - 'icmp;id' '$(id)' 'tcp 10.0.0.1' \
			$'tcp\nudp' shwo; do
		refuses 2 "filter '$name 10.0.0.1': can't parse filter \
expression: syntax error" "$name" 10.0.0.1
	done
	refuses 2 "filter 'tcp 10.0.0.1 x': can't parse filter expression: \
syntax error" tcp 10.0.0.1 x
	refuses 2 "filter 'tcp 10.0.0.1 -c 2': can't parse filter expression: \
syntax error" -- tcp 10.0.0.1 -c 2
}

addresses()
{
	local address

	for address in 256.1.1.1 1.1.1 1.1.1.1.1 1.1.1.1/32 10.0.0.01 167772161 \
			0x0a000001 '' ' ' ' 10.0.0.1' '10.0.0.1 ' \
			'10.0.0.1;id' '$(id)' '`id`' '10.0.0.1|id' \
			'10.0.0.1 -DX' "10.0.0.1'" '10.0.0.1"' '*' \
			$'10.0.0.1\n10.0.0.2' fd00::g ::: fd00::1::2 fe80::1%lo \
			'[fd00::1]' "$(printf '1%.0s' {1..5000})"; do
		refuses 2 "'$address' is no IPv4 or IPv6 address" udp "$address"
	done
	refuses 2 "'fd00::1' is an IPv6 address, icmp needs one of IPv4" \
		icmp fd00::1
	refuses 2 "'10.0.0.1' is an IPv4 address, icmp6 needs one of IPv6" \
		icmp6 10.0.0.1
	refuses 2 "'::ffff:10.0.0.1' is an IPv6 address, icmp needs one of \
IPv4" icmp ::ffff:10.0.0.1
	run udp '$(touch '"$TMP"'/made)'
	run udp "10.0.0.1;touch $TMP/made"
	ok "no command in an address is run" test ! -e "$TMP/made"
}

# refuses_list WHAT LINE MESSAGE FORMAT: the list that printf makes of FORMAT
refuses_list()
{
	# shellcheck disable=SC2059 # it is a format
	printf -- "$4" >"$TMP/list"
	run "${SHORT[@]}" -f "$TMP/list" icmp 10.0.0.1
	is "$STATUS|$err|$out|$left" "1|bpfpath: $TMP/list:$2: $3||" \
		"a list with $1"
}

list_names()
{
	local long

	long=$(printf 'a%.0s' {1..64})
	refuses_list 'a command' 1 "not a function's name: 'ip_rcv;id'" \
		'ip_rcv;id 0'
	refuses_list 'a command in $()' 3 "not a function's name: '\$(touch'" \
		"# first\n\n\$(touch $TMP/made) 0\n"
	refuses_list 'a hyphen' 2 "not a function's name: 'ip-rcv'" \
		'ip_rcv 0\nip-rcv 0\nip_output 0\n'
	refuses_list 'a digit first' 1 "not a function's name: '1ip'" '1ip 0\n'
	refuses_list 'a quote' 1 "not a function's name: 'ip\"rcv'" 'ip"rcv 0\n'
	refuses_list 'a path' 1 "not a function's name: '../ip_rcv'" \
		'../ip_rcv 0\n'
	refuses_list 'a flag' 1 "not a function's name: '-DX'" '-DX 0\n'
	refuses_list 'a dot last' 1 "not a function's name: 'ip_rcv.'" \
		'ip_rcv. 0\n'
	refuses_list 'a suffixed tracepoint' 1 \
		"not a function's name: 'skb:kfree.isra.0'" 'skb:kfree.isra.0 2'
	refuses_list 'no group' 1 "not a function's name: ':kfree_skb'" \
		':kfree_skb 2\n'
	refuses_list 'a letter beyond ASCII' 1 "not a function's name: 'ip??'" \
		'ip\xc3\xa4 0\n'
	refuses_list 'a NUL' 2 "not a function's name: 'ip?rcv'" \
		'ip_rcv 0\nip\0rcv 0\n'
	refuses_list 'an escape sequence' 1 "not a function's name: '?[31mred'" \
		'\e[31mred 0\n'
	refuses_list 'a name that is too long' 1 \
		"the name is too long: '${long::60}'" "$long 0\n"
	refuses_list 'the same name twice' 3 "'ip_rcv' is in line 1 already" \
		'ip_rcv 0\nip_output 0\nip_rcv 1\n'
	refuses_list 'the same tracepoint twice' 2 \
		"'x:kfree_skb' is in line 1 already" \
		'skb:kfree_skb 2\nx:kfree_skb 2\n'
	ok "no command in a list is run" test ! -e "$TMP/made"
}

list_columns()
{
	refuses_list 'no FIN' 1 "FIN (0, 1 or 2) is missing after: 'ip_rcv'" \
		'ip_rcv\n'
	refuses_list 'FIN 3' 2 "FIN is 0, 1 or 2, not: '3'" 'a 0\nip_rcv 3\n'
	refuses_list 'FIN -1' 1 "FIN is 0, 1 or 2, not: '-1'" 'ip_rcv -1\n'
	refuses_list 'FIN 01' 1 "FIN is 0, 1 or 2, not: '01'" 'ip_rcv 01\n'
	refuses_list 'a CR within a line' 1 \
		"FIN is 0, 1 or 2, not: '0?'" 'ip_rcv 0\r \n'
	refuses_list 'a comment behind' 1 \
		"ARG is 1 to 8 or *1 to *8, not: '#'" 'ip_rcv 0 # comment\n'
	refuses_list 'ARG 9' 1 "ARG is 1 to 8 or *1 to *8, not: '9'" \
		'ip_rcv 0 9\n'
	refuses_list 'ARG 0' 1 "ARG is 1 to 8 or *1 to *8, not: '0'" \
		'ip_rcv 0 0\n'
	refuses_list 'ARG *' 1 "ARG is 1 to 8 or *1 to *8, not: '*'" \
		'ip_rcv 0 *\n'
	refuses_list 'ARG **1' 1 "ARG is 1 to 8 or *1 to *8, not: '**1'" \
		'ip_rcv 0 **1\n'
	refuses_list 'a fourth word' 1 "one word too many: 'more'" \
		'ip_rcv 0 1 more\n'
	refuses_list 'too many lines' 4096 "too many lines for: 'ip_rcv'" \
		"$(printf '\\n%.0s' {1..4095})ip_rcv 0\n"
	refuses_list 'a line without end' 1 \
		"not a function's name: '$(printf '%%%.0s' {1..60})'" \
		"$(printf '%%%.0s' {1..20000})"
}

list_files()
{
	local file

	for file in "$TMP/none:No such file or directory" "$TMP:Is a directory" \
			"/dev/zero:File too large" \
			"$TMP/none/list:No such file or directory"; do
		refuses 1 "${file%%:*}: ${file#*:}" "${SHORT[@]}" \
			-f "${file%%:*}" icmp 10.0.0.1
	done
	refuses 1 "$TMP/none: No such file or directory" -a tracepoint \
		-f "$TMP/none" list
	printf 'ip_rcv 7\n' >"$TMP/list"
	refuses 1 "$TMP/list:1: FIN is 0, 1 or 2, not: '7'" -a tracepoint \
		-f "$TMP/list" list
}

# Without kprobes the kernel's own tracepoints follow the list.
comments_only()
{
	printf '# nothing\n\n' >"$TMP/list"
	if has_kprobes; then
		refuses 1 "nothing of the list can be probed" "${SHORT[@]}" \
			-a kprobe -f "$TMP/list" icmp 10.0.0.1
	else
		gives_up "icmp and src host 10.0.0.1" \
			"${SHORT[@]}" -f "$TMP/list" icmp 10.0.0.1
	fi
}

# expressions: of files, longer than any argument; what is shown of one is cut
expressions()
{
	local text

	printf -v text 'icmp%200000sand src host 10.0.0.1' ''
	printf '%s\r\n' "$text" >"$TMP/expression"
	gives_up "${text::1000} …" "${SHORT[@]}" "${FEW[@]}" \
		-F "$TMP/expression"
	printf 'ip_rcv 0\r\n# a comment\r\n\r\nskb:kfree_skb 2\r\n' >"$TMP/list"
	gives_up "icmp and src host 10.0.0.1" "${SHORT[@]}" -f "$TMP/list" \
		icmp 10.0.0.1
	refuses 2 "/dev/zero: has more than 1048576 bytes, too many for an \
expression
$HINT" "${SHORT[@]}" -F /dev/zero
}

# traces: saved ones that are none, or not whole
traces()
{
	refuses 1 "$TMP/none: No such file or directory" show "$TMP/none"
	refuses 1 "$TMP:1: Is a directory" show "$TMP"
	refuses 1 "-x: No such file or directory" -- show -x
	: >"$TMP/trace"
	refuses 1 "$TMP/trace:1: empty: no header line" show "$TMP/trace"
	printf 'hello\n' >"$TMP/trace"
	refuses 1 "$TMP/trace:1: not a header line of records: 'hello'" \
		show "$TMP/trace"
	head -c -20 "$GOLDEN" >"$TMP/trace"
	run show "$TMP/trace"
	like "$STATUS|$err" "^1\|bpfpath: $TMP/trace:[0-9]+: the last line has \
no newline\$" "show: a trace that is cut off in a line"
	head -n 8 "$GOLDEN" >"$TMP/trace"
	run -o json show "$TMP/trace"
	like "$STATUS|$err|$out" '^0\|bpfpath: 1 packet recorded: 1 with gaps; [^|]*\|.*"complete":false.*"how":"timeout"' \
		"show: a trace that is cut off between lines"
	head -n 5 "$GOLDEN" >"$TMP/trace"
	refuses 3 "$TMP/trace: holds no packet" show "$TMP/trace"
	refuses 1 "$TMP/none/copy: No such file or directory" \
		-W "$TMP/none/copy" show "$GOLDEN"
}

# Showing what was saved changes nothing, so anybody may.
without_root()
{
	local nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups --)

	if ! "${nobody[@]}" test -r "$GOLDEN"; then
		skip "show without root" "$TOP is not for everybody"
		return
	fi
	is "$("${nobody[@]}" "$BPFPATH" -q show "$GOLDEN" 2>&1 | sed -n 1p)" \
		"$("$BPFPATH" -q show "$GOLDEN" | sed -n 1p)" \
		"show without root"
}

protocols
addresses
list_names
list_columns
list_files
comments_only
expressions
traces
without_root
