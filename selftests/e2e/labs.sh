# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some variables are for test files
#
# labs.sh: more devices between the nodes of a lab (new_lab in lib.sh), and
# packets made by hand (inject.c), sourced by test files after lib.sh.
#
# A device of kind KIND is KIND-a on node A and KIND-b on node B, with addresses
# 10.K.0.2 and 10.K.0.1 (sit: fd00:K::2 and fd00:K::1); address_of() has them.
# Tunnels stand on macvlan-a and veth-b. Nodes know each other's MAC addresses.

INJECT=$TOOLS/inject
TUN=		# descriptor: what is written there arrives at tun-a

declare -A NET=([macvlan]=0 [bridge]=1 [ipvlan]=2 [vlan]=3 [vxlan]=4
	[geneve]=5 [gre]=6 [gretap]=7 [ipip]=8 [sit]=9 [gue]=10 [tun]=11
	[forward]=12 [pair]=13)
BEYOND=10.12.0.9	# B forwards to it, through forward-b; nobody is there

# ---------------------------------------------------------------- devices

# address_of KIND A|B
address_of()
{
	local host=1

	[ "$2" != A ] || host=2
	case $1 in
	sit)	echo "fd00:${NET[sit]}::$host" ;;
	*)	echo "10.${NET[$1]}.0.$host" ;;
	esac
}

# batch A|B: runs ip(8) commands, a line each; messages go to the log
batch()
{
	ip -n "bpfpath-$LAB-$1" -batch - >&2
}

# add_pair KIND: a veth pair low-KIND (A), KIND-b (B)
add_pair()
{
	batch A <<-END
		link add low-$1 type veth peer name $1-b netns $NS_B
		link set low-$1 up
	END
}

# add_tunnel KIND TYPE OPTIONS...: both ends
add_tunnel()
{
	batch A <<-END &&
		link add $1-a type $2 local 10.0.0.2 remote 10.0.0.1 ${@:3}
	END
	batch B <<-END
		link add $1-b type $2 local 10.0.0.1 remote 10.0.0.2 ${@:3}
	END
}

# add_geneve: it has no local address
add_geneve()
{
	batch A <<<"link add geneve-a type geneve id 7 remote 10.0.0.1" &&
		batch B <<<"link add geneve-b type geneve id 7 remote 10.0.0.2"
}

# add_gue: between two more addresses, which tell it from the plain ipip tunnel
add_gue()
{
	local link="link add gue-b type ipip ttl 64 encap gue encap-sport auto"

	modprobe -q fou
	batch A <<-END &&
		addr add 10.0.0.22/24 dev macvlan-a
		fou add port 6080 gue
		${link/gue-b/gue-a} encap-dport 6080 local 10.0.0.22 remote 10.0.0.11
	END
	batch B <<-END || return
		addr add 10.0.0.11/24 dev veth-b
		fou add port 6080 gue
		$link encap-dport 6080 local 10.0.0.11 remote 10.0.0.22
	END
	set_neighbours "$NS_A" macvlan-a "$(mac_of "$NS_B" veth-b)" 10.0.0.11
	set_neighbours "$NS_B" veth-b "$(mac_of "$NS_A" macvlan-a)" 10.0.0.22
}

# make_device KIND: without addresses
make_device()
{
	case $1 in
	pair)	batch A <<<"link add pair-a type veth peer name pair-b netns $NS_B" ;;
	bridge)	add_pair bridge && batch A <<-END
			link add bridge-a type bridge
			link set low-bridge master bridge-a
		END
		;;
	ipvlan)	add_pair ipvlan &&
			batch A <<<"link add link low-ipvlan name ipvlan-a type ipvlan mode l2"
		;;
	vlan)	batch A <<<"link add link veth-a name vlan-a type vlan id 100" &&
			batch B <<<"link add link veth-b name vlan-b type vlan id 100"
		;;
	vxlan)	add_tunnel vxlan vxlan id 7 dstport 4789 ;;
	geneve)	add_geneve ;;
	gue)	add_gue ;;
	*)	add_tunnel "$1" "$1" ;;
	esac
}

# has_mac NETNS IFNAME
has_mac()
{
	grep -q 'link/ether' <(ip -n "$1" -o link show dev "$2")
}

# set_end A|B KIND: address, up
set_end()
{
	local dev=$2-${1,} size=24

	[ "$2" != sit ] || size='64 nodad'
	batch "$1" <<-END
		link set $dev up
		addr add $(address_of "$2" "$1")/$size dev $dev
	END
}

# join_ends KIND: each end knows the other's MAC address, if they have any
join_ends()
{
	has_mac "$NS_A" "$1-a" || return 0
	set_neighbours "$NS_A" "$1-a" "$(mac_of "$NS_B" "$1-b")" \
		"$(address_of "$1" B)"
	set_neighbours "$NS_B" "$1-b" "$(mac_of "$NS_A" "$1-a")" \
		"$(address_of "$1" A)"
}

# add_device KIND: at both nodes; 1 when this kernel has it not
add_device()
{
	[ "$1" != macvlan ] || return 0
	make_device "$1" || return 1
	set_end A "$1" && set_end B "$1" && join_ends "$1"
}

# add_devices KIND...: sets KINDS to those that this kernel has
add_devices()
{
	local kind

	KINDS=()
	for kind; do
		if add_device "$kind"; then
			KINDS+=("$kind")
		else
			diag "kernel $(uname -r) has no $kind"
		fi
	done
}

has_kind()
{
	[[ " ${KINDS[*]} " == *" $1 "* ]]
}

# add_forwarding: B sends on what A sends to BEYOND
add_forwarding()
{
	add_pair forward &&
		batch B <<-END &&
			link set forward-b up
			addr add $(address_of forward B)/24 dev forward-b
		END
		batch A <<<"route add $BEYOND via 10.0.0.1"
	set_neighbours "$NS_B" forward-b "$(mac_of "$NS_A" low-forward)" \
		"$BEYOND"
	on B sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
}

# add_netkit: nk-a in A, the primary device, and nk-b in B; without neighbours (mode l3), and
# with Ethernet headers all the same. What the kernel calls the second one ip(8) tells
# behind "@". Fails where there is none.
add_netkit()
{
	local peer

	ip -n "$NS_A" link add nk-a type netkit 2>/dev/null || return
	peer=$(ip -n "$NS_A" -o link show dev nk-a | sed 's/.*@\([^:]*\):.*/\1/')
	batch A <<-END
		link set $peer name nk-b netns $NS_B
		link set nk-a up
		addr add 10.76.0.2/24 dev nk-a
	END
	batch B <<-END
		link set nk-b up
		addr add 10.76.0.1/24 dev nk-b
	END
}

# ---------------------------------------------------------------- traces

# trace_both NAME TRIGGER OPTIONS...: a trace in both forms, JSON and, for what
# was selected where, records
trace_both()
{
	trace "$1" "$2" -- -o json -W "$TMP/$1.records" -w "$PATIENCE" "${@:3}"
}

# selected NAME COLUMN: that column of what was selected, in one line
selected()
{
	records_in "$TMP/$1.records" select "$2" | paste -sd' '
}

# selected_at NAME: hook and interface at which the first packet of that trace was selected
selected_at()
{
	json "$1" '.[0] | "\(.hook) \(.ifname)"'
}

# ends NAME: how the paths ended, in the order of selection, in one line
ends()
{
	json "$1" 'sort_by(.packet) | map(.end.how) | join(" ")'
}

# made_at OPTION...: where a trace with these options selects what is made
# here: at an output probe, or, with tracepoints, at the device
made_at()
{
	if has_kprobes && [[ $* != *tracepoint* ]]; then
		echo output
	else
		echo egress
	fi
}

# times COUNT WORD: the word so often
times()
{
	# shellcheck disable=SC2046 # as many words
	printf "$2 %.0s" $(seq "$1") | sed 's/ $//'
}

# passes NAME N FUNC...: the path of packet N (from 1) has all of these, in this
# order
passes()
{
	local func rest

	rest=" $(json "$1" "map(select(.packet == $2))[0].events |
		map(.func) | join(\" \")") "
	for func in "${@:3}"; do
		[[ $rest == *" $func "* ]] || return
		rest=" ${rest#*" $func "}"
	done
}

# ---------------------------------------------------------------- traffic

# ping_ttl A|B TTL ADDRESS [OPTION...]: one echo request
ping_ttl()
{
	on "$1" ping -n -c 1 -W 1 -t "$2" "${@:4}" "$3" >/dev/null 2>&1
}

# udp_from A|B ADDRESS PORT TEXT: one datagram
udp_from()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	on "$1" bash -c 'echo "$2" >"/dev/udp/$0/$1"' "$2" "$3" "$4"
}

# connect_from A|B ADDRESS PORT: a SYN to where nobody listens
connect_from()
{
	# shellcheck disable=SC2016 # the inner shell expands it
	! on "$1" bash -c ': >"/dev/tcp/$0/$1"' "$2" "$3" 2>/dev/null
}

# inject A|B HOW [IFNAME]: lines of hexadecimal digits become packets
inject()
{
	on "$1" "$INJECT" "${@:2}"
}

# open_tun LINEAR: tun-a, the other end of which is a program; sets TUN
open_tun()
{
	modprobe -q tun
	exec {TUN}> >(exec nsenter "--net=/run/netns/$NS_A" -- \
		"$INJECT" tun tun-a "$1")
	wait_for "$PATIENCE" ip -n "$NS_A" link show dev tun-a \
		>/dev/null 2>&1 && set_end A tun
}

tun_is_gone()
{
	! ip -n "$NS_A" link show dev tun-a >/dev/null 2>&1
}

# close_tun: and waits until it is gone, since another one may have its name
close_tun()
{
	exec {TUN}>&-
	wait_for "$PATIENCE" tun_is_gone
}

# ---------------------------------------------------------------- packets

# hex4 ADDRESS: an IPv4 address as hexadecimal digits
hex4()
{
	local IFS=.

	# shellcheck disable=SC2086 # its parts
	printf %02x $1
}

# sum16 HEX: the Internet checksum of an even number of bytes
sum16()
{
	local sum=0 i

	for ((i = 0; i < ${#1}; i += 4)); do
		sum=$((sum + 0x${1:i:4}))
	done
	sum=$(((sum & 0xffff) + (sum >> 16)))
	printf %04x $((((sum & 0xffff) + (sum >> 16)) ^ 0xffff))
}

# zeros COUNT: bytes
zeros()
{
	printf '%0*d' $((2 * $1)) 0
}

# ip4 PROTOCOL SRC DST PAYLOAD [TTL [FRAGMENT [ID]]]: an IPv4 packet; FRAGMENT: the
# field of flags and offset; ID: 1, if not given
ip4()
{
	local start end

	start=$(printf '4500%04x%04x%04x%02x%02x' $((20 + ${#4} / 2)) \
		"${7:-1}" "$((${6:-0}))" "${5:-64}" "$1")
	end=$(hex4 "$2")$(hex4 "$3")
	echo "$start$(sum16 "${start}0000$end")$end$4"
}

# udp SPORT DPORT PAYLOAD: a UDP header without checksum, and what it carries
udp()
{
	printf '%04x%04x%04x0000%s\n' "$1" "$2" $((8 + ${#3} / 2)) "$3"
}

# echo_request PAYLOAD: an ICMP message
echo_request()
{
	echo "0800$(sum16 "0800000000010001$1")00010001$1"
}

# ip6 NEXT SRC DST PAYLOAD: an IPv6 packet, flow label 0x77; addresses are 32
# digits
ip6()
{
	printf '60000077%04x%02x40%s%s%s\n' $((${#4} / 2)) "$1" "$2" "$3" "$4"
}

# frame DST SRC TYPE PAYLOAD: MAC addresses with colons
frame()
{
	echo "${1//:/}${2//:/}$3$4"
}
