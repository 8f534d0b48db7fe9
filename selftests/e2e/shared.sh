# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # some variables are for test files
#
# shared.sh: one trace for the labs of many test files, sourced by them after
# labs.sh. To attach the probes takes a guest longer than all else that a lab
# does. So the trace runs on in the background and takes the packets that any lab marks;
# a lab opens a window, sends its packets, and looks at those of the window alone.
#
# The trace has its files in BPFPATH_SHARED, where run.sh has set that: it ends
# the trace behind the last file, by shared_end.sh. Otherwise the trace is that
# of the test file, and ends with it.
#
# A packet is marked by one of these; nothing else that a lab sends has them:
#
#	an echo request
#	identification 1 (IPv4, ip4() in labs.sh), flow label 0x77 (IPv6, ip6())
#	UDP to one of the ports 90 to 99, TCP to one of these with SYN or PSH
#	EtherType 0x88b5 or 0x8100
#	an echo reply to B's address behind a translation (relatives_paths.t)
#
# Packets are selected where a program of root makes them, in any namespace: that
# needs no classifier on the devices that labs make and remove.

. "${BASH_SOURCE%/*}/floods.sh"	# what is in the maps of a run

SHARED_DIR=${BPFPATH_SHARED:-$TMP/shared}
SHARED_OPTIONS=(-o records -c 0 -N all -d out --uid 0)
SHARED_MARKS=('icmp[icmptype] = icmp-echo' '(icmp6 and ip6[40] = 128)'
	'ip[4:2] = 1' '(ip6 and ip6[2:2] = 0x77)' 'udp dst portrange 90-99'
	'(tcp dst portrange 90-99 and tcp[tcpflags] & (tcp-syn | tcp-push) != 0)'
	'ether proto 0x88b5' 'ether proto 0x8100'
	'(icmp[icmptype] = icmp-echoreply and dst host 10.12.0.1)')

# What is to be probed has to be there when the trace begins.
SHARED_MODULES=(veth macvlan ipvlan bridge bonding 8021q vxlan geneve ip_gre ipip
	sit fou tun dummy ifb wireguard nf_tables nft_ct nft_reject_inet nft_dup_ipv4 nf_nat
	nft_chain_nat nft_limit ip_tables ip6_tables iptable_mangle
	ip6table_mangle iptable_filter ip6table_filter nf_conntrack
	sch_tbf sch_netem sch_fq_codel sch_htb sch_ingress cls_matchall act_mirred
	act_gact ipt_REJECT nf_dup_netdev)

# Functions besides those of kp_funcs.list.
SHARED_FUNCS=('tunnel4_rcv 0' 'tunnel64_rcv 0' 'gre_rcv 0' 'ipgre_xmit 0'
	'gre_tap_xmit 0' 'ipip_tunnel_xmit 0')

shared_base=0	# families of the trace before the window

# is_shared: the trace runs
is_shared()
{
	[ -s "$SHARED_DIR/pid" ] && ! is_gone "$(<"$SHARED_DIR/pid")"
}

# shared_start: it begins, if it does not run; fails when it does not
shared_start()
{
	local pid marks tag=${BPFPATH_TEST%%-*}-shared

	! is_shared || return 0
	mkdir -p "$SHARED_DIR"
	modprobe -q -a "${SHARED_MODULES[@]}" || true
	{
		cat "$TOP/kp_funcs.list"
		printf '%s\n' "${SHARED_FUNCS[@]}"
	} >"$SHARED_DIR/list"
	: >"$SHARED_DIR/talk"
	marks=$(printf ' or %s' "${SHARED_MARKS[@]}")
	BPFPATH_TEST=$tag setsid env --default-signal=INT "$BPFPATH" \
		"${SHARED_OPTIONS[@]}" -f "$SHARED_DIR/list" "${marks# or }" \
		>"$SHARED_DIR/records" 2>"$SHARED_DIR/talk" &
	pid=$!
	echo "$pid" >"$SHARED_DIR/pid"
	[ -n "$BPFPATH_SHARED" ] || pids+=("$pid")
	wait_for "$PATIENCE" says_tracing "$SHARED_DIR/talk" "$pid" &&
		is_shared && return
	diag "the shared trace does not start: $(<"$SHARED_DIR/talk")"
	return 1
}

# shared_count: the families that the trace has printed
shared_count()
{
	grep -c '^select' "$SHARED_DIR/records" || true
}

# families: those of the window
families()
{
	echo $(($(shared_count) - shared_base))
}

has_families()
{
	[ "$(families)" -ge "$1" ]
}

# shared_is_idle: no packet is under way
shared_is_idle()
{
	is_empty "$(<"$SHARED_DIR/pid")"
}

# window_open: from here on what is sent belongs to the window
window_open()
{
	shared_start || return
	wait_for "$PATIENCE" shared_is_idle ||
		diag "packets of others are still under way"
	shared_base=$(shared_count)
}

# window_take NAME: its records, as the trace NAME: packets are numbered from 1
window_take()
{
	awk -v OFS='\t' -v base="$shared_base" "$AWK_COLUMNS"'
		/^#/ { print; next }
		$at["packet"] > base { $at["packet"] -= base; print }' \
		"$SHARED_DIR/records" >"$TMP/$1.out"
	cp "$SHARED_DIR/talk" "$TMP/$1.err"
}

# window_missed NAME: does the loader say that the kernel did not run all probes
# while these packets were under way? It skips those that are reached while a
# program runs on that CPU already, as a timer's are; known from Linux 6.7 on.
window_missed()
{
	awk "$AWK_COLUMNS"'
		$1 == "end" && $at["missed"] > 0 { missed = 1 }
		END { exit !missed }' "$TMP/$1.out"
}
