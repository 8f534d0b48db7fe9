# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# hooks.sh: the classifier on the interfaces, sourced by bpfpath.sh; the only
# file that calls tc(8), in batches: a machine may have hundreds of interfaces.
#
# A filter of ours takes the lowest free preference of its hook, to see packets
# before another filter can decide over them, and the run's own handle, a
# random number, so that taking it away can hit no other. What is attached is
# noted first, a line for each filter in RUN/filters:
#
#	NETNS_INODE NETNS_PATH IFNAME IFINDEX HOOK PREF HANDLE
#
# A clsact that we made has a mark, and goes when no filter is left on it,
# whichever run was the last.

CLSACT_MARKS=$STATE/clsact	# files NETNS_INODE.IFINDEX

declare -A IFINDEX	# of each interface in the namespace, by name
HOOKS_FD=	# open: the lock is held

netns_path=	# namespace in which "ns" runs commands, empty: our own

# ns COMMAND...: not with ip netns exec, which would hide /sys/fs/bpf
ns()
{
	if [ "$netns_path" ]; then
		nsenter --net="$netns_path" -- "$@"
	else
		"$@"
	fi
}

netns_inode()
{
	stat -L -c %i "${netns_path:-/proc/self/ns/net}" 2>/dev/null
}

# netns_find INODE PATH: sets netns_path so that "ns" is in that namespace;
# fails when it is gone
netns_find()
{
	local path

	for path in '' "${2#-}" /proc/[0-9]*/ns/net; do
		netns_path=$path
		[ "$(netns_inode)" != "$1" ] || return 0
	done
	return 1
}

# read_links: sets IFINDEX
read_links()
{
	local index name

	IFINDEX=()
	while read -r index name; do
		IFINDEX[$name]=$index
	done < <(ns "$BPFLOAD" links)
}

# tc_batch: runs the tc commands of its input, each even when another failed
tc_batch()
{
	ns tc -force -batch - || true
}

# failed_lines: which lines of a batch failed, from what tc has said
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

# with_qdisc KIND: names of the interfaces that have one, each between blanks
with_qdisc()
{
	echo " $(ns tc qdisc show |
		sed -nE "s/^qdisc ($1) .* dev ([^ ]+) .*/\\2/p" | tr '\n' ' ')"
}

# clsact_make INODE IFNAME...: a clsact for each, with its mark; where that
# fails, because somebody else was faster, there is none of ours
clsact_make()
{
	local inode=$1 name line
	local -a names=("${@:2}")

	mkdir -p "$CLSACT_MARKS"
	for name in "${names[@]}"; do
		: >"$CLSACT_MARKS/$inode.${IFINDEX[$name]:-0}"
		echo "qdisc add dev $name clsact"
	done >"$RUN/batch"
	while read -r line; do
		name=${names[line - 1]}
		rm -f "$CLSACT_MARKS/$inode.${IFINDEX[$name]:-0}"
	done < <(tc_batch <"$RUN/batch" 2>&1 | failed_lines)
}

# free_pref IFNAME HOOK: the lowest preference that no filter has
free_pref()
{
	local pref=1 taken

	taken=" $(ns tc filter show dev "$1" "$2" |
		sed -n 's/.* pref \([0-9]*\) .*/\1/p' | tr '\n' ' ')"
	while [[ $taken = *" $pref "* ]]; do
		pref=$((pref + 1))
	done
	echo $pref
}

# note_filters HOOK PIN IFNAME...: notes a filter for each interface, makes its
# clsact and prints the tc command that adds it
note_filters()
{
	local hook=$1 pin=$2 inode had handle name pref new=()
	shift 2

	inode=$(netns_inode)
	had=$(with_qdisc 'clsact|ingress')
	for name; do
		[[ $had = *" $name "* ]] || new+=("$name")
	done
	[ ${#new[@]} = 0 ] || clsact_make "$inode" "${new[@]}"
	handle=$((RANDOM << 15 | RANDOM + 1))
	for name; do
		pref=1
		[[ $had != *" $name "* ]] || pref=$(free_pref "$name" "$hook")
		echo "$inode ${netns_path:--} $name ${IFINDEX[$name]:-0}" \
			"$hook $pref $handle" >>"$RUN/filters"
		echo "filter add dev $name $hook pref $pref handle $handle" \
			"protocol all bpf direct-action object-pinned $pin"
	done
}

# with_place HOOK IFNAME...: sets "names" to the interfaces that have a place
# for a filter. An ingress qdisc, which is there instead of clsact, takes one of
# egress as well, but hands it what arrives.
with_place()
{
	local hook=$1 name one_way=
	shift

	names=()
	[ "$hook" != egress ] || one_way=$(with_qdisc ingress)
	for name; do
		if [[ $one_way = *" $name "* ]]; then
			say "interface '$name': takes no classifier ($hook):" \
				"it has an ingress qdisc"
		else
			names+=("$name")
		fi
	done
}

# hooks_attach WISH HOOK PIN IFNAME...: where the user's wish was "any", an
# interface that takes no classifier is left out
hooks_attach()
{
	local wish=$1 hook=$2 pin=$3 messages line left
	local -a names
	shift 3

	hooks_lock
	read_links 2>/dev/null
	with_place "$hook" "$@"
	left=${#names[@]}
	note_filters "$hook" "$pin" "${names[@]}" >"$RUN/adds"
	messages=$(tc_batch <"$RUN/adds" 2>&1)
	hooks_unlock
	while read -r line; do
		say "interface '${names[line - 1]}': takes no classifier ($hook)"
		left=$((left - 1))
	done < <(failed_lines <<<"$messages")
	[ -z "$messages" ] || say "tc: ${messages%%$'\n'*}"
	[ "$left" = $# ] || [ "$wish" = any ] || die "nothing is traced"
	[ "$left" -gt 0 ] || die "no interface takes a classifier"
}

# has_filters IFNAME...: does any of them?
has_filters()
{
	local name

	[ "$(for name; do
		echo "filter show dev $name ingress"
		echo "filter show dev $name egress"
	done | tc_batch 2>/dev/null)" ]
}

# clsact_drop INODE IFNAME...: removes those that we made and nobody uses
clsact_drop()
{
	local inode=$1 name any=
	local -a marked=()
	shift

	for name; do
		[ ! -e "$CLSACT_MARKS/$inode.${IFINDEX[$name]}" ] ||
			marked+=("$name")
	done
	[ ${#marked[@]} != 0 ] || return 0
	! has_filters "${marked[@]}" || any=yes
	for name in "${marked[@]}"; do
		[ -z "$any" ] || ! has_filters "$name" || continue
		rm -f "$CLSACT_MARKS/$inode.${IFINDEX[$name]}"
		echo "qdisc del dev $name clsact"
	done | tc_batch 2>/dev/null
	rmdir --ignore-fail-on-non-empty "$CLSACT_MARKS"
}

# hooks_detach RUN: removes the filters that the run has noted, where namespace
# and interface are still those of the note. That namespace is not the one of
# the run that cleans up.
hooks_detach()
{
	local inode path name index hook pref handle netns_path
	local -A ours=()

	[ -s "$1/filters" ] || return 0
	read -r inode path _ <"$1/filters"
	netns_find "$inode" "$path" || {
		rm -f "$CLSACT_MARKS/$inode".*
		return 0
	}
	hooks_lock
	read_links 2>/dev/null
	while read -r _ _ name index hook pref handle; do
		if [ "${IFINDEX[$name]:-}" != "$index" ]; then
			rm -f "$CLSACT_MARKS/$inode.$index"
			continue
		fi
		ours[$name]=1
		echo "filter del dev $name $hook pref $pref handle $handle" \
			"protocol all bpf"
	done <"$1/filters" >"$1/batch"
	tc_batch <"$1/batch" 2>/dev/null
	clsact_drop "$inode" "${!ours[@]}"
	hooks_unlock
}
