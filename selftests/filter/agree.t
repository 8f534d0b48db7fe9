#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# agree.t: every expression of the file "expressions", compiled by bpfload, for
# Ethernet and for IP without link-layer header, for classifiers and for probes,
# selects the same packets as libpcap does.

set -eo pipefail

. "${BASH_SOURCE[0]%/*}/compile.sh"

COUNT=${COUNT:-5000}	# packets

# headers: those of all expressions
headers()
{
	local line=0 expression

	while IFS= read -r expression; do
		line=$((line + 1))
		mkdir "$tmp/$line"
		"$TOP/build/bpfload" filter -e "$expression" \
			>"$tmp/$line/expression.h"
	done <"$HERE/expressions"
}

# compile LINK FLAG...: objects of all expressions that can be had for it
compile()
{
	mkdir "$tmp/$1"
	(cd "$tmp" && grep -l "HAVE_${1^^} " -- */expression.h) |
		cut -d/ -f1 >"$tmp/lines"
	compile_form "$tmp" "$1/{}.skb.o" "${@:2}" <"$tmp/lines"
	compile_form "$tmp" "$1/{}.seed.o" -DFILTER_SEED "${@:2}" <"$tmp/lines"
}

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

make -s -C "$TOP" build/bpfload build/filter/agree
captures=()
capture "$tmp/capture"
[ ! -s "$tmp/capture" ] || captures=("$tmp/capture")
compile_flags
headers
compile ether
compile raw -DFILTER_RAW
{
	"$TOP/build/filter/agree" "$tmp/ether" ether "$COUNT" \
		"${captures[@]}" <"$HERE/expressions"
	"$TOP/build/filter/agree" "$tmp/raw" raw "$COUNT" \
		"${captures[@]}" <"$HERE/expressions"
} | awk '
	sub(/^not ok [0-9]+/, "not ok " n + 1) || sub(/^ok [0-9]+/, "ok " n + 1) { n++ }
	{ print }
	END { print "1.." n }'
