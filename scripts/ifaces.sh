# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# ifaces.sh: the namespace and the interfaces on which packets are selected,
# sourced by bpfpath.sh.

CHOSEN=()	# interfaces

# netns_enter NAME: "ns" runs commands there; "" is our own namespace
netns_enter()
{
	[ "$1" ] || return 0
	netns_path=/run/netns/$1
	[ -e "$netns_path" ] || die "no such network namespace: '$1'"
	[ "$(stat -f -c %T "$netns_path")" = nsfs ] ||
		die "$netns_path: not a network namespace"
}

# route_iface ADDRESS DIR: the interface of the route to the address. The route
# to an address of our own is lo, which is right only for what arrives.
route_iface()
{
	ns ip -o route get "$1" 2>/dev/null | awk -v dir="$2" '
		$1 == "local" && dir != "in" { exit }
		{ for (i = 1; i < NF; i++) if ($i == "dev") { print $(i + 1); exit } }'
}

# ifaces_choose WISH: sets CHOSEN to what "any" or "IF[,IF...]" stands for
ifaces_choose()
{
	local name

	read_links
	if [ "$1" = any ]; then
		CHOSEN=("${!IFINDEX[@]}")
		return
	fi
	IFS=, read -ra CHOSEN <<<"$1"
	for name in "${CHOSEN[@]}"; do
		[ "${IFINDEX[$name]:-}" ] ||
			die "no such interface: '$name'${netns_path:+ in namespace ${netns_path##*/}}"
	done
}
