#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# lab.sh: two nodes on one machine, as network namespaces joined by a veth
# pair. Node A holds its address on a macvlan interface on top of its veth end:
#
#	  node A: bpfpath-lab-A             node B: bpfpath-lab-B
#	+------------------------+        +------------------------+
#	| macvlan-a 10.0.0.2/24  |        |                        |
#	|     |     fd00::2/64   |        |                        |
#	|  veth-a  (no address)  |--------| veth-b    10.0.0.1/24  |
#	+------------------------+        |           fd00::1/64   |
#	                                  +------------------------+
#
# macvlan-a has a MAC address of its own. veth-a hands a frame up to macvlan-a
# when the frame's destination is that address (macvlan_handle_frame). "break"
# gives B a wrong MAC address for A: the macvlan has no device with it and lets
# the frame pass, and the IP layer of node A drops it at veth-a, as a packet
# for another host (ip_rcv_core). So a trace has to look at veth-a, or at all
# devices of the namespace.
#
# All devices are made inside the namespaces: the machine's own network is not
# touched. An alias on veth-a marks a namespace as made here; "down" removes no
# other. "exec" changes the network namespace alone, as nsenter --net= does; ip
# netns exec would also hide /sys/fs/bpf.

set -eo pipefail

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

A4=10.0.0.2
A6=fd00::2
B4=10.0.0.1
B6=fd00::1
WRONG_MAC=02:00:00:00:00:99
MARK='made by bpfpath lab.sh'
LIMIT=10	# seconds until both links are up

lab=lab
node_a=
node_b=

usage()
{
	cat <<END
Usage: lab.sh [-n LAB] up | down | break | mend
       lab.sh [-n LAB] exec A|B COMMAND...
       lab.sh list

Two nodes, A ($A4, $A6) and B ($B4, $B6), as the network
namespaces bpfpath-LAB-A and bpfpath-LAB-B.

  up     make both nodes and their link
  down   remove them
  exec   run a command on a node
  break  give B a wrong MAC address for A
  mend   let B find A's MAC address again
  list   the labs there are

  -n LAB  the lab's name: letters, digits, - and _ (default: lab)
END
}

say()
{
	printf 'lab.sh: %s\n' "$*" >&2
}

die()
{
	say "$@"
	exit 1
}

bad_usage()
{
	say "$@"
	usage >&2
	exit 2
}

netns_exists()
{
	[ -e "/run/netns/$1" ]
}

# in_node NETNS COMMAND...: ip -n would mount /sys anew, which fails in a chroot that
# is no mount point
in_node()
{
	nsenter --net="/run/netns/$1" -- "${@:2}"
}

# is_ours NETNS: grep reads all lines, so that ip never writes to a closed pipe
is_ours()
{
	in_node "$1" ip link show type veth 2>/dev/null | grep -F "$MARK" >/dev/null
}


# lab_is_up: both nodes are there and were made here
lab_is_up()
{
	netns_exists "$node_a" && netns_exists "$node_b" &&
		is_ours "$node_a" && is_ours "$node_b"
}

need_lab()
{
	lab_is_up || die "lab '$lab' is not up"
}

need_root()
{
	[ "$(id -u)" -eq 0 ] || die "making a lab needs root"
}

need_free_names()
{
	local ns

	lab_is_up && die "lab '$lab' is up already"
	for ns in "$node_a" "$node_b"; do
		netns_exists "$ns" || continue
		is_ours "$ns" && die "lab '$lab' is up in part: try down"
		die "namespace '$ns' exists and was not made here"
	done
}

# set_node NETNS: turns off router discovery, duplicate address detection and
# link-local addresses; lets ping use a datagram socket
set_node()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	in_node "$1" sh -c '
		cd /proc/sys/net
		echo "0 2147483647" >ipv4/ping_group_range
		[ -d ipv6 ] || exit 0
		for conf in default all; do
			echo 0 >ipv6/conf/$conf/accept_ra
			echo 0 >ipv6/conf/$conf/accept_dad
			echo 0 >ipv6/conf/$conf/router_solicitations
		done
		echo 1 >ipv6/conf/default/addr_gen_mode
	'
}

make_links()
{
	in_node "$node_a" ip link add veth-a type veth peer name veth-b \
		netns "$node_b"
	in_node "$node_a" ip link set veth-a alias "$MARK"
	in_node "$node_b" ip link set veth-b alias "$MARK"
	in_node "$node_b" ip -batch - <<-END
		link set lo up
		link set veth-b up
	END
	in_node "$node_a" ip -batch - <<-END
		link add macvlan-a link veth-a type macvlan mode bridge
		link set lo up
		link set veth-a up
		link set macvlan-a up
	END
}

# set_addresses: sets the addresses, of IPv6 where the kernel has it
set_addresses()
{
	in_node "$node_a" ip addr add "$A4/24" dev macvlan-a
	in_node "$node_b" ip addr add "$B4/24" dev veth-b
	[ -d /proc/sys/net/ipv6 ] || return 0
	in_node "$node_a" ip addr add "$A6/64" dev macvlan-a nodad
	in_node "$node_b" ip addr add "$B6/64" dev veth-b nodad
}

is_up()
{
	[[ $(in_node "$1" ip -o link show dev "$2") == *'state UP'* ]]
}

netdevs_are_up()
{
	is_up "$node_a" veth-a && is_up "$node_a" macvlan-a &&
		is_up "$node_b" veth-b
}

wait_for_links()
{
	local end=$((SECONDS + LIMIT))

	until netdevs_are_up; do
		[ "$SECONDS" -lt "$end" ] || die "the links do not come up"
		sleep 0.05
	done
}

remove_nodes()
{
	local ns

	for ns in "$@"; do
		netns_exists "$ns" || continue
		ip netns del "$ns"
	done
}

lab_up()
{
	need_root
	need_free_names
	trap 'remove_nodes "$node_a" "$node_b"' EXIT
	trap 'exit 1' INT TERM
	ip netns add "$node_a"
	ip netns add "$node_b"
	set_node "$node_a"
	set_node "$node_b"
	make_links
	wait_for_links
	set_addresses
	trap - EXIT INT TERM
}

lab_down()
{
	local ns found=

	need_root
	for ns in "$node_a" "$node_b"; do
		netns_exists "$ns" || continue
		is_ours "$ns" ||
			die "namespace '$ns' was not made here: left alone"
		found+=" $ns"
	done
	[ "$found" ] || die "lab '$lab' is not up"
	# shellcheck disable=SC2086 # a list of names without blanks
	remove_nodes $found
}

lab_exec()
{
	local ns

	case $1 in
	A) ns=$node_a ;;
	B) ns=$node_b ;;
	*) bad_usage "node '$1': there are A and B" ;;
	esac
	[ $# -ge 2 ] || bad_usage "exec: no command given"
	need_lab
	exec nsenter --net="/run/netns/$ns" -- "${@:2}"
}

# for_addresses COMMAND...: runs it with each address of A as its last argument
for_addresses()
{
	"$@" "$A4"
	[ ! -d /proc/sys/net/ipv6 ] || "$@" "$A6"
}

set_wrong()
{
	in_node "$node_b" ip neigh replace dev veth-b lladdr "$WRONG_MAC" \
		nud permanent to "$1"
}

# forget: removes an entry; one that is not permanent may be gone by itself
forget()
{
	in_node "$node_b" ip neigh del dev veth-b to "$1" 2>/dev/null || true
}

lab_list()
{
	local file

	for file in /run/netns/bpfpath-*-A; do
		lab=${file##*/bpfpath-}
		lab=${lab%-A}
		node_a=bpfpath-$lab-A
		node_b=bpfpath-$lab-B
		lab_is_up || continue
		printf '%s\t%s\t%s\n' "$lab" "$node_a" "$node_b"
	done
}

run_verb()
{
	case $1 in
	up)	lab_up ;;
	down)	lab_down ;;
	exec)	lab_exec "${@:2}" ;;
	break)	need_lab; for_addresses set_wrong ;;
	mend)	need_lab; for_addresses forget ;;
	list)	lab_list ;;
	'')	bad_usage "no command given" ;;
	*)	bad_usage "unknown command '$1'" ;;
	esac
}

main()
{
	while getopts :n:h opt; do
		case $opt in
		n) lab=$OPTARG ;;
		h) usage; exit 0 ;;
		:) bad_usage "option -$OPTARG needs a value" ;;
		*) bad_usage "unknown option '-$OPTARG'" ;;
		esac
	done
	shift $((OPTIND - 1))
	[[ $lab =~ ^[A-Za-z0-9_-]+$ ]] || bad_usage "bad name '$lab' for a lab"
	node_a=bpfpath-$lab-A
	node_b=bpfpath-$lab-B
	run_verb "$@"
}

main "$@"
