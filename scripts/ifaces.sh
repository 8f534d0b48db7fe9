# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# ifaces.sh: the namespaces and the interfaces on which packets are selected,
# sourced by bpfpath.sh.

NETNS_PATHS=()	# the chosen namespaces, "" is our own …
NETNS_INODES=()	# … and their inode numbers, in the same order
NETNS_ALL=	# all there are: also those that appear

IFACES=()	# the names that were wished for; none: any
IFNAME=		# NAME or PREFIX*, empty: any
DEVICES=()	# those that were wished for by name: NETNS_INODE,IFINDEX

declare -A NETDEV_AT	# where columns of "bpfload netdevs" stand

netns_path=	# namespace in which "ns" runs commands, empty: our own

# ns COMMAND...: runs it in the namespace; ip netns exec would hide /sys/fs/bpf
ns()
{
	if [ "$netns_path" ]; then
		nsenter --net="$netns_path" -- "$@"
	else
		"$@"
	fi
}

# netns_inode PATH: the number that names the namespace; fails when none is there
netns_inode()
{
	stat -L -c %i "${1:-/proc/self/ns/net}" 2>/dev/null
}

# netns_files: the files that stand for a namespace: "INODE PATH", a line each
netns_files()
{
	stat -L -c '%i %n' /proc/self/ns/net /run/netns/* \
		/proc/[0-9]*/ns/net 2>/dev/null || true
}

# netns_find INODE PATH: sets netns_path so that "ns" is in that namespace, which
# was seen at PATH ("-" is our own); fails when it is gone
netns_find()
{
	local inode path files

	netns_path=${2#-}
	[ "$(netns_inode "$netns_path")" != "$1" ] || return 0
	files=$(netns_files)
	while read -r inode path; do
		[ "$inode" = "$1" ] || continue
		netns_path=$path
		[ "$path" != /proc/self/ns/net ] || netns_path=
		return 0
	done <<<"$files"
	return 1
}

# netns_add PATH [INODE]: adds a namespace, unless it is known by another name
netns_add()
{
	local inode=${2:-}

	[ "$inode" ] || inode=$(netns_inode "$1") || return 0
	[[ " ${NETNS_INODES[*]} " != *" $inode "* ]] || return 0
	NETNS_PATHS+=("$1")
	NETNS_INODES+=("$inode")
}

is_netns()
{
	[ -e "$1" ] && [ "$(stat -f -L -c %T "$1" 2>/dev/null)" = nsfs ]
}

# netns_add_named: adds all that have a name; there may be hundreds
netns_add_named()
{
	local inode path files kinds

	files=$(stat -L -c '%i %n' /run/netns/* 2>/dev/null) || true
	kinds=$(stat -f -L -c '%T %n' /run/netns/* 2>/dev/null) || true
	while read -r inode path; do
		[[ $'\n'$kinds$'\n' != *$'\n'"nsfs $path"$'\n'* ]] ||
			netns_add "$path" "$inode"
	done <<<"$files"
}

# netns_choose WISH: "" is our own namespace. A word is a name, if there is one;
# a number that is none is a process, or else the inode number of a namespace.
netns_choose()
{
	case $1 in
	'') ;;
	all)
		NETNS_ALL=yes
		netns_add ''
		netns_add_named
		return ;;
	*) netns_choose_one "$1" ;;
	esac
	netns_add "$netns_path"
}

# netns_choose_one WISH: the same for one namespace: sets netns_path
netns_choose_one()
{
	netns_path=/run/netns/$1
	if [ -e "$netns_path" ]; then
		is_netns "$netns_path" ||
			die "$netns_path: not a network namespace"
		return
	fi
	[[ $1 =~ ^[0-9]+$ ]] || die "no such network namespace: '$1'"
	netns_path=/proc/$1/ns/net
	[ ! -e "$netns_path" ] || return 0
	[ ! -d "/proc/$1" ] || die "process $1: its network namespace cannot be" \
		"entered: it has ended, or CAP_SYS_PTRACE is lacking"
	netns_find "$1" - ||
		die "no process and no network namespace has the number $1"
}

# netdevs [--follow PARENT]: becomes "bpfload netdevs" for the chosen namespaces
netdevs()
{
	local path

	if [ "$NETNS_ALL" ]; then
		set -- "$@" --all
	else
		for path in "${NETNS_PATHS[@]}"; do
			set -- "$@" "${path:--}"
		done
	fi
	exec "$BPFLOAD" netdevs "$@"
}

# netdevs_header: reads the header of "bpfload netdevs"
netdevs_header()
{
	columns NETDEV_AT time netns path ifindex form ifname kind lower
}

# netdev_read: reads a line of "bpfload netdevs": sets "line", which has time, inode, path,
# index, form, name, kind and lower
# shellcheck disable=SC2034 # the caller's
netdev_read()
{
	local -a words

	read -r line || return
	IFS=$'\t' read -ra words <<<"$line"
	time=${words[NETDEV_AT[time]]} inode=${words[NETDEV_AT[netns]]}
	path=${words[NETDEV_AT[path]]} index=${words[NETDEV_AT[ifindex]]}
	form=${words[NETDEV_AT[form]]} name=${words[NETDEV_AT[ifname]]}
	kind=${words[NETDEV_AT[kind]]} lower=${words[NETDEV_AT[lower]]}
}

# netdevs_of PATH: the interfaces of one namespace, "" is our own
netdevs_of()
{
	"$BPFLOAD" netdevs "${1:--}"
}

# route_iface ADDRESS DIR: the interface of the route to the address. The route
# to an address of our own is lo, which is right only for what arrives.
route_iface()
{
	ns ip -o route get "$1" 2>/dev/null | awk -v dir="$2" '
		$1 == "local" && dir != "in" { exit }
		{ for (i = 1; i < NF; i++) if ($i == "dev") { print $(i + 1); exit } }'
}

# is_named NAME: succeeds when --ifname allows that name
is_named()
{
	case $IFNAME in
	'') ;;
	*\*) [[ $1 = "${IFNAME%\*}"* ]] ;;
	*) [ "$1" = "$IFNAME" ] ;;
	esac
}

# is_chosen NAME: succeeds when packets are to be selected on an interface of that name;
# an empty line has no name
is_chosen()
{
	[ "$1" ] || return 1
	is_named "$1" || return
	[ ${#IFACES[@]} = 0 ] || [[ " ${IFACES[*]} " = *" $1 "* ]]
}

# where: says, behind an interface that is not there, in which namespace
where()
{
	case ${#NETNS_PATHS[@]} in
	1) echo "${NETNS_PATHS[0]:+ in namespace ${NETNS_PATHS[0]##*/}}" ;;
	*) echo " in any of ${#NETNS_PATHS[@]} namespaces" ;;
	esac
}

# ifaces_choose WISH [IFNAME]: WISH is "any" or "IF[,IF...]", each of which must be
# in one of the chosen namespaces at least; IFNAME is that of --ifname. From here on
# interfaces are followed
ifaces_choose()
{
	local line time inode path index form name kind lower
	local -A there=()

	IFNAME=${2:-}
	[ "$1" = any ] || IFS=, read -ra IFACES <<<"$1"
	netdevs_start
	netdevs_first || die "the interfaces cannot be listed"
	while netdev_read; do
		! is_chosen "$name" || there[$name]+=" $inode,$index"
	done <<<"$NETDEVS_THERE"
	[ ${#IFACES[@]} != 0 ] || return 0
	for name in "${IFACES[@]}"; do
		is_named "$name" ||
			wrong "-i '$name' and --ifname '$IFNAME': no packet has both"
		[ "${there[$name]:-}" ] || die "no such interface: '$name'$(where)"
		read -ra index <<<"${there[$name]}"
		DEVICES+=("${index[@]}")
	done
}
