# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# filter.sh: which packets the user wants: makes of words and options what classifier
# and output probes are loaded with; sourced by bpfpath.sh. The words themselves are
# left to bpfload.

proto=		# the short form …
address=
expression=	# … or pcap-filter(7)

EXPRESSION_MAX=1048576	# bytes
TEXT_MAX=1000		# characters

FILTER=		# what "bpfload filter" has written
FILTER_TEXT=	# the filter in words, for people
FIELDS=		# what "bpfload fields" has written
declare -A NO_FORM	# form: why no packet can match that begins so

# is_short WORD...: a protocol and one word more
is_short()
{
	[[ $# = 2 && " icmp icmp6 tcp udp " = *" $1 "* ]]
}

# is_address WORD: an IPv4 or IPv6 address, or a network, perhaps a bad one
is_address()
{
	[[ $1 =~ ^[0-9]+(\.[0-9]+){3}(/[0-9]+)?$ ||
		$1 =~ ^[0-9a-fA-F]*:[0-9a-fA-F:]*(:[0-9.]+)?(/[0-9]+)?$ ]]
}

# is_host WORD: the word may be a host's name: its last part begins with a letter
is_host()
{
	[[ ${#1} -le 253 && $1 =~ ^([A-Za-z0-9_-]+\.)*[A-Za-z][A-Za-z0-9-]*\.?$ ]]
}

# resolve_address: replaces a host's name by the first of its addresses that the
# protocol can have
resolve_address()
{
	local -A kinds=([icmp]=ahostsv4 [icmp6]=ahostsv6 [tcp]=ahosts [udp]=ahosts)
	local found name=$address

	is_host "$name" || return 0
	# -A, which old ones do not have: also where there is no network but lo
	found=$({ getent -A "${kinds[$proto]}" "$name" ||
		getent "${kinds[$proto]}" "$name"; } 2>/dev/null |
		awk '!seen[$1]++ { print $1 }') || true
	[ "$found" ] || wrong "'$name' is no address, and no host that has one for $proto"
	address=${found%%$'\n'*}
	say "$name is $address$([ "$found" = "$address" ] ||
		echo ", the first of $(wc -l <<<"$found") addresses")"
}

# resolve_process: replaces a user's name by the number; fails when --pid is not there
resolve_process()
{
	local name=$uid

	if [[ $name = [!0-9-]* ]]; then
		uid=$(id -u -- "$name" 2>/dev/null) ||
			wrong "--uid '$name': no such user"
	fi
	[[ ! $pid =~ ^[1-9][0-9]*$ || ! -d /proc/self || -d /proc/$pid ]] ||
		die "--pid $pid: no such process"
}

# read_expression FILE: reads FILE, "-": standard input. A line may end with CR and LF.
read_expression()
{
	local LC_ALL=C fd

	if [ "$1" = - ]; then
		{ exec {fd}<&0; } 2>/dev/null || die "$1: cannot be read"
	elif [ -d "$1" ] || ! { exec {fd}<"$1"; } 2>/dev/null; then
		die "$1: cannot be read"
	fi
	expression=$(head -c $((EXPRESSION_MAX + 1)) <&"$fd" | tr '\0' '\1' |
		sed 's/\r$//')
	exec {fd}<&-
	expression=${expression//$'\n'/ }
	[ ${#expression} -le $EXPRESSION_MAX ] ||
		wrong "$1: has more than $EXPRESSION_MAX bytes, too many for an expression"
	[[ ${expression//$'\t'} != *[[:cntrl:]]* ]] ||
		wrong "$1: is no text, and so no expression"
	[[ $expression = *[![:blank:]]* ]] || wrong "$1: no filter expression in it"
}

# filter_words WORD...: sets what the user has asked for
filter_words()
{
	if [ "$filter_file" ]; then
		[ $# = 0 ] || wrong "'$1': the filter is in $filter_file already"
		read_expression "$filter_file"
	elif is_short "$@"; then
		proto=$1 address=$2
		resolve_address
	elif [ $# = 1 ] && [ "$1" = - ]; then
		read_expression -
	elif [ $# = 1 ] && is_address "$1"; then
		[[ $1 = */* ]] && expression="net $1" || expression="host $1"
	elif [ $# -gt 0 ]; then
		expression=$*
	elif [ "$inner$mark$ifname$uid$pid$comm$skb" ]; then
		expression=
	elif [ -p /proc/self/fd/0 ] || [ -f /proc/self/fd/0 ]; then
		read_expression -
	else
		wrong "which packets? icmp|icmp6|tcp|udp SRC_ADDRESS, or an expression"
	fi
}

# filter_defaults: sets where packets are selected, for the short form and an expression
filter_defaults()
{
	if [ "$proto" ]; then
		: "${dir:=in}"
	else
		: "${dir:=both}" "${ifaces:=any}"
	fi
	[[ $dir != in || ! $uid$pid$comm ]] ||
		wrong "only packets made here have a user and a process:" \
			"-d out or both, not in"
}

# filter_text: sets FILTER_TEXT, for people; of a long expression the beginning
filter_text()
{
	local text=$expression within=$inner

	case $proto:$address in
	icmp6:*) text="icmp6 and src host $address" ;;
	?*:*:*) text="ip6 and $proto and src host $address" ;;
	?*:*) text="$proto and src host $address" ;;
	esac
	[ ${#text} -le $TEXT_MAX ] || text="${text::TEXT_MAX} …"
	[ ${#within} -le $TEXT_MAX ] || within="${within::TEXT_MAX} …"
	FILTER_TEXT="${text:-packets}${within:+, inner: $within}${mark:+, mark $mark}"
	FILTER_TEXT+="${ifname:+, interface $ifname}${uid:+, user $uid}"
	FILTER_TEXT+="${skb:+, skb $skb}${pid:+, process $pid}${comm:+, command $comm}"
}

# filter_compile: sets FILTER and NO_FORM. The file may be long, and hardly any expression
# lacks a form, so awk reads it only where one is lacking.
filter_compile()
{
	local form why forms
	local -a wish=(--expression -)

	[ -z "$proto" ] || wish=(-- "$proto" "$address")
	FILTER=$(printf %s "$expression" | "$BPFLOAD" filter \
		${inner:+--inner "$inner"} ${mark:+--mark "$mark"} \
		${uid:+--uid "$uid"} ${pid:+--pid "$pid"} \
		${comm:+--comm "$comm"} ${ifname:+--ifname "$ifname"} \
		"${wish[@]}") || exit $?
	[[ $FILTER = *$'\n'form$'\t'* ]] || return 0
	forms=$(rows type=form name value <<<"$FILTER")
	while IFS=$'\t' read -r form why; do
		# shellcheck disable=SC2034 # bpfpath.sh and hooks.sh read it
		NO_FORM[$form]=$why
	done <<<"$forms"
}

# fields_find: sets FIELDS: how the members of packets are read that are asked for (-C, --skb)
fields_find()
{
	[ "$fields$skb" ] || return 0
	FIELDS=$("$BPFLOAD" fields ${fields:+--show "$fields"} ${skb:+--skb "$skb"} \
		${btf:+--btf "$btf"}) || exit $?
}

# ports_here WORD COMMAND...: the UDP ports of tunnels that COMMAND shows, in all chosen
# namespaces, from lines with WORD: a vxlan or geneve interface has a dstport; a line of
# "ip fou show" has a port, without the word gue that of plain FOU.
ports_here()
{
	local netns_path # of "ns"

	# shellcheck disable=SC2034 # "ns" reads it
	for netns_path in "${NETNS_PATHS[@]}"; do
		ns "${@:2}" 2>/dev/null || true	# there are none of that kind
	done | awk -v kind="$1" '
		kind == "gue" ? / gue( |$)/ : $1 == kind {
			for (i = 1; i < NF; i++)
				if ($i == (kind == "gue" ? "port" : "dstport") &&
				    $(i + 1) ~ /^[1-9][0-9]*$/)
					print $(i + 1)
		}' | sort -nu
}

# add_ports NUMBER WORD COMMAND...: adds the ports of ports_here to "entries", as those of
# tunnel NUMBER (enum tunnel in bpf/bpfpath.h)
add_ports()
{
	local port ports

	ports=$(ports_here "${@:2}") || die "the ports of $2 cannot be listed"
	for port in $ports; do
		entries+=(--map-entry "tunnel_ports:$port=$1")
	done
}

# filter_ports: adds to "entries" the ports of tunnels besides the usual ones
# (bpf/tunnel.h)
filter_ports()
{
	[ "$inner" ] || return 0
	add_ports 1 vxlan ip -d link show type vxlan
	add_ports 2 geneve ip -d link show type geneve
	add_ports 3 gue ip fou show
}

# filter_devices: if packets made here are to leave by certain interfaces, adds these to
# "entries", and to "constants" that there are any (bpf/constants.def)
filter_devices()
{
	local device

	[ "$NETNS_ALL" ] || constants+=(--set "want_netns=${NETNS_INODES[0]}")
	[ ${#DEVICES[@]} = 0 ] || constants+=(--set want_devices=1)
	for device in "${DEVICES[@]}"; do
		entries+=(--map-entry "devices:$device=1")
	done
}

# filter_settings: sets "settings", options of bpfload for what programs are loaded with,
# and "entries", those for what maps hold at the beginning
filter_settings()
{
	local -a constants=()
	local -A stacks=([end]=1 [all]=2)

	entries=()
	printf '%s\n' "$FILTER" >"$RUN/filter"
	[ -z "$FIELDS" ] || printf '%s\n' "$FIELDS" >"$RUN/fields"
	[ -z "$verbose" ] || "$BPFLOAD" filter --show "$RUN/filter" >&2
	filter_ports
	filter_devices
	! selects_at_xdp || constants+=(--set at_xdp=1)	# bpfpath.sh
	# shellcheck disable=SC2034 # bpfpath.sh reads it
	settings=(--constants "$RUN/constants" --filter "$RUN/filter"
		${FIELDS:+--fields "$RUN/fields"} "${constants[@]}" ${id:+--set with_id=1}
		${aside:+--set with_callees=1} ${returns:+--set with_returns=1}
		${rules:+--set with_rules=1} ${bytes:+--set "with_bytes=$bytes"}
		${stack:+--set "with_stack=${stacks[$stack]}"})
}
