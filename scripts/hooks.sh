# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# hooks.sh: the classifier on the interfaces, sourced by bpfpath.sh; the only
# file that calls tc(8).
#
# A filter of ours takes the lowest free preference of its hook, to see packets
# before another filter can decide over them. What is attached is noted first,
# a line for each filter in RUN/filters:
#
#	NETNS_INODE NETNS_PATH IFNAME IFINDEX HOOK PREF PROGRAM_ID
#
# A filter is removed only when namespace, interface and program are still
# those of its line. A clsact that we made has a mark, and goes when no filter
# is left on it, whichever run was the last.

HANDLE=1
CLSACT_MARKS=$STATE/clsact

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

ifindex()
{
	ns ip -o link show dev "$1" 2>/dev/null | sed -n '1s/:.*//p'
}

# A mark is a file named by namespace and interface: NETNS_INODE.IFINDEX
clsact_mark()
{
	echo "$CLSACT_MARKS/$(netns_inode).$(ifindex "$1")"
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

# clsact_make IFNAME: unless the interface has one, or an ingress qdisc
clsact_make()
{
	local mark qdiscs

	qdiscs=$(ns tc qdisc show dev "$1")
	[[ ! $qdiscs =~ qdisc\ (clsact|ingress)\  ]] || return 0
	mark=$(clsact_mark "$1")
	mkdir -p "$CLSACT_MARKS"
	: >"$mark"
	ns tc qdisc add dev "$1" clsact || {
		rm -f "$mark"
		return 1
	}
}

has_filters()
{
	[ "$(ns tc filter show dev "$1" ingress; ns tc filter show dev "$1" egress)" ]
}

clsact_drop()
{
	local mark

	mark=$(clsact_mark "$1")
	[ -e "$mark" ] && ! has_filters "$1" || return 0
	ns tc qdisc del dev "$1" clsact || true
	rm -f "$mark"
	rmdir --ignore-fail-on-non-empty "$CLSACT_MARKS" 2>/dev/null || true
}

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

# hook_attach IFNAME HOOK PROGRAM_ID PIN
hook_attach()
{
	local pref

	clsact_make "$1" || return
	pref=$(free_pref "$1" "$2")
	echo "$(netns_inode)" "${netns_path:--}" "$1" "$(ifindex "$1")" \
		"$2" "$pref" "$3" >>"$RUN/filters"
	ns tc filter add dev "$1" "$2" pref "$pref" handle $HANDLE \
		protocol all bpf direct-action object-pinned "$4"
}

# hooks_attach WISH HOOK PROGRAM_ID PIN IFNAME...: where the user's wish was
# "any", an interface that takes no classifier is left out
hooks_attach()
{
	local wish=$1 hook=$2 id=$3 pin=$4 name attached=
	shift 4

	hooks_lock
	for name; do
		if hook_attach "$name" "$hook" "$id" "$pin"; then
			attached=yes
			continue
		fi
		say "interface '$name': takes no classifier ($hook)"
		[ "$wish" = any ] || die "nothing is traced"
	done
	hooks_unlock
	[ "$attached" ] || die "no interface takes a classifier"
}

# hook_detach INODE PATH IFNAME IFINDEX HOOK PREF PROGRAM_ID
hook_detach()
{
	local filters

	netns_find "$1" "$2" && [ "$(ifindex "$3")" = "$4" ] || return 0
	filters=$(ns tc filter show dev "$3" "$5" pref "$6")
	if [[ $filters = *" id $7 name bpfpath "* ]]; then
		ns tc filter del dev "$3" "$5" pref "$6" handle $HANDLE \
			protocol all bpf
	fi
	clsact_drop "$3"
}

# hooks_detach RUN: removes the filters that the run has noted
hooks_detach()
{
	local line

	[ -e "$1/filters" ] || return 0
	hooks_lock
	while read -ra line; do
		hook_detach "${line[@]}"
	done <"$1/filters"
	hooks_unlock
}
