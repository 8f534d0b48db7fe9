#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# kernels: host
#
# agree.t: every expression of the file "expressions", put into a program, for
# Ethernet and for IP without link-layer header, for classifiers and for probes,
# selects the same packets as libpcap does.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/tap.sh"

COUNT=${COUNT:-5000}	# packets

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# on A|B COMMAND...: on that node of the lab; whether it succeeds is no matter
on()
{
	timeout 10 nsenter "--net=/run/netns/bpfpath-$LAB-$1" -- "${@:2}" \
		>/dev/null 2>&1 || true
}

# send_all: some packets of each kind that two nodes send each other
send_all()
{
	local prefix

	on B ip link add link veth-b name veth-b.100 type vlan id 100
	on B ip address add 10.0.1.1/24 dev veth-b.100
	on B ip link set veth-b.100 up
	on B ip neigh replace 10.0.1.2 lladdr 02:00:00:00:00:02 dev veth-b.100 \
		nud permanent
	on A ping -c 2 -i 0.2 -W 1 10.0.0.1
	on A ping -c 2 -i 0.2 -W 1 fd00::1
	on A ping -c 1 -W 1 -s 4000 10.0.0.1
	on A ping -c 1 -W 1 -s 4000 fd00::1
	on B ping -c 1 -W 1 10.0.1.2
	for prefix in /dev/tcp/10.0.0.1/80 /dev/tcp/fd00::1/443 \
			/dev/udp/10.0.0.1/53 /dev/udp/fd00::1/53; do
		on A bash -c "echo hello >$prefix"
	done
}

# capture FILE: what passes node B of a lab meanwhile; nothing without root
capture()
{
	local pid

	[ "$(id -u)" = 0 ] && type -P tcpdump >/dev/null || return 0
	LAB=agree$$
	trap '"$TOP/scripts/lab.sh" -n "$LAB" down; rm -rf "$tmp"' EXIT
	"$TOP/scripts/lab.sh" -n "$LAB" up
	nsenter "--net=/run/netns/bpfpath-$LAB-B" -- tcpdump -Z root -U \
		--immediate-mode -i veth-b -c 1000 -w "$1" 2>"$tmp/said" &
	pid=$!
	until grep -q listening "$tmp/said"; do
		kill -0 "$pid"
	done
	send_all
	kill -INT "$pid"
	wait "$pid"
}

# agree FORM: results in a file of that name
agree()
{
	"$FILTER/agree" "$FILTER" "$1" "$COUNT" "${captures[@]}" \
		<"$TOP/selftests/filter/expressions" >"$tmp/$1"
}

build agree
captures=()
capture "$tmp/capture"
[ ! -s "$tmp/capture" ] || captures=("$tmp/capture")
agree l3 &
agree ether
wait $!
as_one "$tmp/ether" "$tmp/l3"
