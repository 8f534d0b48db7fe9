# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # of bpfpath.sh and options.sh
#
# list.sh: functions and tracepoints, and how each can be probed here, sourced by
# bpfpath.sh.

# btf_choose: --btf is for a kernel that has no BTF itself
btf_choose()
{
	[ "$btf" ] || return 0
	[ -r "$btf" ] || die "--btf $btf: cannot be read"
	[ ! -e /sys/kernel/btf/vmlinux ] || {
		say "--btf $btf: is not read: this kernel has BTF itself"
		btf=
	}
}

# own_needs: why objects for another list's functions cannot be made; "": they can
own_needs()
{
	[ -f "$ROOT/Makefile" ] || echo "the sources are not here"
	type -P "${CLANG:-clang}" make >/dev/null || echo "no ${CLANG:-clang} or make here"
	[ -w "$ROOT/build/bpf" ] && [ -O "$ROOT/build/bpf" ] ||
		echo "$ROOT is not root's to write"
}

# own_objects: with -a kprobe each function of a list (-f) has an object of its own,
# made when the list is first used. Where none can be made, the one for all serves.
own_objects()
{
	local why
	local -a make

	[[ $attach = kprobe && $funcs_given && -z $stack$fields ]] || return 0
	make=(env "BPFPATH_LIST=$(realpath -- "$funcs")"
		flock "$ROOT/build/bpf" make -s -C "$ROOT" own)
	why=$(own_needs)
	if [ "$why" ]; then
		[ -z "$verbose" ] || say "no object for each function of $funcs" \
			"(${why%%$'\n'*}): one for all serves"
	elif ! "${make[@]}" -q 2>/dev/null; then
		say "compiling the functions of $funcs, once"
		"${make[@]}" -j "$(nproc)" >&2 ||
			say "the functions of $funcs do not compile: one object for all serves"
	fi
}

# list_plan: prints which functions of a list this kernel has, and how they are probed
list_plan()
{
	local plan

	plan=$("$BPFLOAD" list --attach "$attach" ${all:+--all} \
		${quiet:+--quiet} --functions "$funcs" \
		${btf:+--btf "$btf"}) || exit $?
	rows num!=- num name how symbol why <<<"$plan" | awk -F '\t' '
		BEGIN { printf "%4s  %-36s %-10s %s\n", "NUM", "NAME", "HOW", "" }
		{ where = $3 == "skip" ? $5 : $4 != $2 ? "as " $4 : ""
		  printf "%4d  %-36s %-10s %s\n", $1, $2, $3, where }'
}

# list_found KIND [--tracepoints]: prints all functions that take a packet, or all
# tracepoints; with -v also those that are left out. How many there are goes to stderr.
list_found()
{
	local table

	table=$("$BPFLOAD" find "${@:2}" ${btf:+--btf "$btf"}) || exit $?
	rows name!=- name arg module status how why <<<"$table" |
		awk -F '\t' -v kind="$1" -v verbose="$verbose" -v quiet="$quiet" '
		function line(name, arg, module, how) {
			printf "%-40s %-5s %-16s %s\n", name, arg, module, how
		}
		BEGIN { line("NAME", "ARG", "MODULE", "HOW") }
		{ count[$4]++ }
		$4 == "yes" { line($1, $2, $3, $5) }
		$4 == "no" { line($1, $2, $3, "no: " $6) }
		$4 == "noise" && verbose { line($1, $2, $3, "left out: " $6) }
		END {
			if (quiet) exit
			printf "bpfpath: %d %s take a packet and can be probed, " \
				"%d cannot; %d are left out%s\n", count["yes"], kind,
				count["no"], count["noise"],
				verbose ? "" : ", -v shows them" | "cat >&2"
		}'
}

list()
{
	alone
	need_root
	need_built
	btf_choose
	if [ "$tracepoints" ]; then
		list_found tracepoints --tracepoints
	elif [ "$funcs_given$all" ]; then
		list_plan
	else
		list_found functions
	fi
}
