#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: completion offers what the usage names, in bash and in zsh
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 25

USAGE=$("$BPFPATH" -h)
ZSH=$TOP/packaging/completion/_bpfpath
cd "$TMP" || exit 1
touch saved.records
unset IFS

compopt() { :; }	# works only where a shell completes
. "$TOP/packaging/completion/bpfpath.bash"

# completes WORD...: what bash offers for the last of them, sorted
completes()
{
	COMP_WORDS=(bpfpath "$@")
	COMP_CWORD=$#
	COMPREPLY=()
	_bpfpath bpfpath
	printf '%s\n' "${COMPREPLY[@]}" | sort
}

# sorted WORD...: a line each
sorted()
{
	printf '%s\n' "$@" | sort
}

usage_options()
{
	sed -nE 's/^  (-[A-Za-z]), (--[a-z-]+).*/\1\n\2/p
		s/^      (--[a-z-]+).*/\1/p' <<<"$USAGE" | sort
}

# usage_valued: those of them that stand before a value in capitals or choices
usage_valued()
{
	sed -nE 's/^  (-[A-Za-z]), (--[a-z-]+) [A-Za-z].*/\1\n\2/p
		s/^      (--[a-z-]+) ([A-Z]|[a-z]+\|).*/\1/p' <<<"$USAGE" |
		grep -vxE -- '-[ARTnvqhV]|--(all|returns|tracepoints|numeric|verbose|quiet|help|version)' |
		sort
}

usage_verbs()
{
	sed -nE 's/^  ([a-z]+) +[^ ].*/\1/p' <<<"$USAGE" | sort
}

# usage_choices OPTION: "a|b|c", on several lines when they end with |
usage_choices()
{
	sed -nE "/^  .*$1 /{:more; /\\|\$/{N; s/\\n +//; bmore}
		s/^.*$1 ([a-z|-]+).*/\\1/p}" <<<"$USAGE" | tr '|' '\n' | sort
}

usage_columns()
{
	sed -nE '/--columns NAME/{N; N; N; s/\n//g; s/.*-o text: ([^;]*);.*/\1/p}' \
		<<<"$USAGE" | tr -d ' ' | tr , '\n' | sort
}

# Of zsh's file, as it stands there

zsh_options()
{
	grep -oE -- "^	'.*" "$ZSH" |
		sed -nE "s/^	'\(.*\)'\{(-.),(--[a-z-]+)\}.*/\1\n\2/p
			s/^	'(--[a-z-]+).*/\1/p" | sort
}

zsh_valued()
{
	sed -nE "s/^	'\(.*\)'\{(-.),(--[a-z-]+)\}'\[[^]]*\]:.*/\1\n\2/p
		s/^	'(--[a-z-]+)\[[^]]*\]:.*/\1/p" "$ZSH" | sort
}

zsh_choices()
{
	sed -nE "s/.*$1\}'.*:\(([a-z ]+)\)'.*/\1/p" "$ZSH" | tr ' ' '\n' | sort
}

# zsh_list NAME: the words of NAME=(…)
zsh_list()
{
	awk -v name="$1" 'index($0, name "=(") == 1 { on = 1 } on { print } /\)$/ { on = 0 }' \
		"$ZSH" | sed "s/^$1=(//; s/)\$//" | tr -s ' \t' '\n' | sed '/^$/d' | sort
}

isnt "$(usage_options)" "" "the usage names options"
is "$(completes -)" "$(usage_options)" "bash: options"
is "$(zsh_options)" "$(usage_options)" "zsh: options"
isnt "$(usage_valued)" "" "the usage names options with a value"
# shellcheck disable=SC2086 # words
is "$(sorted $_bpfpath_valued)" "$(usage_valued)" "bash: options with a value"
is "$(zsh_valued)" "$(usage_valued)" "zsh: options with a value"

is "$(completes '' | grep -vxE 'icmp6?|tcp|udp|host|port')" "$(usage_verbs)" \
	"bash: verbs"
is "$(sed -nE "s/^	'([a-z]+):.*'/\1/p" "$ZSH" | sort)" "$(usage_verbs)" "zsh: verbs"

for option in dir select attach read output; do
	isnt "$(usage_choices --$option)" "" "the usage has choices of --$option"
	is "$(completes "--$option" '')" "$(usage_choices --$option)" \
		"bash: choices of --$option"
done
is "$(zsh_choices --dir):$(zsh_choices --select):$(zsh_choices --attach):$(zsh_choices --read)" \
	"$(usage_choices --dir):$(usage_choices --select):$(usage_choices --attach):$(usage_choices --read)" \
	"zsh: choices"
is "$(zsh_list outputs)" "$(usage_choices --output)" "zsh: forms of output"
is "$(completes -C '')" "$(usage_columns)" "bash: columns"
is "$(zsh_list columns)" "$(usage_columns)" "zsh: columns"
is "$(completes -C time,p)" "$(printf 'time,%s\n' pid proto)" "bash: a second column"
is "$(completes --dir = b)" "both" "bash: behind ="
like "$(completes -i '')" "(^|"$'\n'")lo($|"$'\n'")" "bash: interfaces"
