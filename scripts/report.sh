# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # of bpfpath.sh and options.sh
#
# report.sh: records printed in the form that was asked for, sourced by
# bpfpath.sh. Forms are pathreport's, but for svg: dot(1) of Graphviz draws it.

# report_check: a run must not end without a picture for want of a program,
# nor fill a terminal with bytes
report_check()
{
	[ "$output" != svg ] || type -P dot >/dev/null ||
		die "-o svg: dot is not here, install graphviz (-o dot does without)"
	[ "$output" != pcapng ] || [ ! -t 1 ] ||
		wrong "-o pcapng: is not for a terminal; write it to a file (>FILE) or pipe it"
}

# report ARGUMENT...: becomes pathreport; or runs it and waits for dot(1) to draw it
report()
{
	local options=()

	[ -z "$verbose" ] || options+=("$verbose")
	[ -z "$quiet" ] || options+=("$quiet")
	[[ -z $columns || $output != text ]] || options+=(-C "$columns")
	[ -z "$save" ] || options+=(-W "$save")
	options+=(--data "$ROOT/data")
	[ -z "$baseline" ] || options+=(-B "$baseline")
	[ "${until_differs:-yes}" = yes ] || options+=(-N "$until_differs")
	[ -z "$until_differs" ] ||
		exec "$PATHREPORT" --until-differs -o "$output" "${options[@]}" "$@"
	[ "$output" = svg ] ||
		exec "$PATHREPORT" -o "$output" "${options[@]}" "$@"
	"$PATHREPORT" -o dot "${options[@]}" "$@" | dot -Tsvg
}
