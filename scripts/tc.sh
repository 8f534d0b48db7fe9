# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# tc.sh: qdiscs and filters of others and of ours, sourced by bpfpath.sh. The
# only file that calls tc(8), in batches for each namespace: a machine may have
# hundreds of interfaces.
#
# What is attached is noted first, in the table RUN/filters (table.sh) a line for each
# filter, and one for each qdisc, with clsact for the hook. netns is an inode number.
# The handle is the run's own, a random number, so that taking a filter away can
# hit no other. An interface may get another name later; its index stays.
#
# A clsact that we made has a mark, and goes when no filter is left on it,
# whichever run was the last.

CLSACT_MARKS=$STATE/clsact	# files NETNS_INODE.IFINDEX

HOOKS_FD=	# open: the lock is held

# The interfaces of the namespace that is dealt with, by name.
declare -A IFINDEX

# tc_batch: runs the tc commands of its input, each even when another failed
tc_batch()
{
	ns tc -force -batch - || true
}

# failed_lines: prints which lines of a batch failed, from what tc has said
failed_lines()
{
	sed -n 's/^Command failed .*:\([0-9]*\)$/\1/p'
}

# Only one run at a time looks for what is free and takes it. A signal may end
# it while it holds the lock, and then it takes the lock once more to clean up.
hooks_lock()
{
	hooks_unlock
	exec {HOOKS_FD}>"$STATE/tc.lock"
	flock "$HOOKS_FD"
}

hooks_unlock()
{
	[ "$HOOKS_FD" ] || return 0
	exec {HOOKS_FD}>&-
	HOOKS_FD=
}

# qdiscs_there: prints all qdiscs of the namespace
qdiscs_there()
{
	ns tc qdisc show
}

# with_qdisc VARIABLE KIND...: reads what "tc qdisc show" has said, and sets VARIABLE to
# the names of the interfaces that have a qdisc of these kinds, each between blanks
with_qdisc()
{
	local line names=' ' kinds=" ${*:2} "

	while read -r line; do
		[[ $line =~ ^qdisc\ ([^ ]+)\ .*\ dev\ ([^ ]+)\  &&
			$kinds = *" ${BASH_REMATCH[1]} "* ]] || continue
		names+="${BASH_REMATCH[2]} "
	done
	printf -v "$1" %s "$names"
}

# notes_begin: from here on filters may be noted
notes_begin()
{
	printf '#bpfpath-filters-1\tnetns\tpath\tifindex\thook\tpref\thandle\n' \
		>"$RUN/filters"
}

# note INODE IFNAME HOOK PREF HANDLE: notes a filter before it is added
note()
{
	printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "${netns_path:--}" \
		"${IFINDEX[$2]}" "${@:3}" >>"$RUN/filters"
}

# clsact_note INODE IFNAME: marks the clsact that the interface gets next as ours. Where
# that fails, because somebody else was faster, the mark has to go: there is none of ours
clsact_note()
{
	[ -d "$CLSACT_MARKS" ] || mkdir -p "$CLSACT_MARKS"
	note "$1" "$2" clsact - -
	: >"$CLSACT_MARKS/$1.${IFINDEX[$2]}"
}

# show_filters HOOK IFNAME...: lists filters as tc does. tc does not say whose they are,
# so each list stands behind the one qdisc that its filters hang on.
show_filters()
{
	local hook=$1 name
	shift

	for name; do
		echo "qdisc show dev $name"
		echo "filter show dev $name $hook"
	done | tc_batch 2>/dev/null
}

# filters_of HOOK IFNAME...: "IFNAME PREF PROTOCOL KIND CHAIN ID NAME" for each filter of
# interfaces that have a clsact or ingress qdisc; fails when one of them has it no longer. ID
# and NAME are those of its BPF program, "-" where there is none or tc does not tell it;
# they stand at the end of a line, and what stands before may be any text of others
filters_of()
{
	show_filters "$@" | awk -v names="${*:2}" '
		BEGIN { count = split(names, name, " ") }
		$1 == "qdisc" && ($2 == "clsact" || $2 == "ingress") { nr++ }
		$1 == "filter" {
			for (i = 2; i < NF && $i != "pref"; i++)
				;
			id = prog = "-"
			for (k = NF - 1; k > i && $k != "id"; k--)
				if ($k == "name")
					prog = $(k + 1)
			if (k > i)
				id = $(k + 1)
			found = found name[nr] " " $(i + 1) " " $(i - 1) " " $(i + 2) " "
			found = found ($(i + 3) == "chain" ? $(i + 4) : 0) " " id " "
			found = found (id == "-" ? "-" : prog) "\n"
		}
		END { printf "%s", nr == count ? found : ""; exit nr != count }'
}

# filters_there HOOK IFNAME...: the same for any interfaces
filters_there()
{
	local name

	filters_of "$@" && return
	for name in "${@:2}"; do
		filters_of "$1" "$name" || true
	done
}

# clsact_drop INODE IFNAME...: removes each clsact that we made and nobody uses
clsact_drop()
{
	local inode=$1 name filters
	local -a marked=()
	local -A used=()
	shift

	for name; do
		[ ! -e "$CLSACT_MARKS/$inode.${IFINDEX[$name]}" ] ||
			marked+=("$name")
	done
	[ ${#marked[@]} != 0 ] || return 0
	filters=$(filters_there ingress "${marked[@]}"
		filters_there egress "${marked[@]}")
	while read -r name _; do
		[ -z "$name" ] || used[$name]=1
	done <<<"$filters"
	for name in "${marked[@]}"; do
		[ -z "${used[$name]:-}" ] || continue
		rm -f "$CLSACT_MARKS/$inode.${IFINDEX[$name]}"
		echo "qdisc del dev $name clsact"
	done | tc_batch 2>/dev/null
	rmdir --ignore-fail-on-non-empty "$CLSACT_MARKS"
}

# detach_netns INODE PATH: removes filters in that namespace from interfaces that are
# still there. Each line of stdin has a filter's interface index, hook, preference and
# handle. It fails when it cannot find out which are there
detach_netns()
{
	local inode=$1 index hook pref handle name netns_path lines
	local -A name_of=() IFINDEX=()

	netns_find "$inode" "$2" || {
		rm -f "$CLSACT_MARKS/$inode".*
		return 0
	}
	lines=$(netdevs_of "$netns_path" | rows netns!=- ifindex ifname) || {
		! netns_find "$inode" "$2"	# gone by now?
		return
	}
	while IFS=$'\t' read -r index name; do
		[ -z "$index" ] || name_of[$index]=$name
	done <<<"$lines"
	while IFS=$'\t' read -r index hook pref handle; do
		name=${name_of[$index]:-}
		if [ -z "$name" ]; then
			rm -f "$CLSACT_MARKS/$inode.$index"
			continue
		fi
		IFINDEX[$name]=$index
		[ "$hook" = clsact ] || echo "filter del dev $name $hook" \
			"pref $pref handle $handle protocol all bpf"
	done >"$notes.batch"
	tc_batch <"$notes.batch" 2>/dev/null
	clsact_drop "$inode" "${!IFINDEX[@]}"
}

# hooks_detach RUN: removes the filters that the run has noted, and then the notes; it
# fails when there is a namespace where it cannot. The run that cleans up may have other
# namespaces.
hooks_detach()
{
	local notes=$1/filters spaces inode path failed=

	[ -e "$notes" ] || return 0
	hooks_lock
	spaces=$(rows netns!=- netns path <"$notes" | sort -u -k 1,1) || failed=yes
	while IFS=$'\t' read -r inode path; do
		[ "$inode" ] || continue
		rows "netns=$inode" ifindex hook pref handle <"$notes" >"$notes.netns"
		detach_netns "$inode" "$path" <"$notes.netns" || failed=yes
	done <<<"$spaces"
	[ "$failed" ] || rm -f "$notes"
	hooks_unlock
	[ -z "$failed" ]
}
