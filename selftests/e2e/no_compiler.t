#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: a trace needs no compiler, and installs nothing
# requires: root
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
plan 4

new_lab || exit 1

# Programs that note that they were called, where a trace finds them first
mkdir "$TMP/bin"
for program in clang gcc cc make apt-get apt dnf pacman apk; do
	# shellcheck disable=SC2016 # for the program
	printf '%s\n' '#!/bin/sh' 'echo "$0" >>"${0%/*}/../called"' 'exit 1' \
		>"$TMP/bin/$program"
done
chmod +x "$TMP/bin/"*
: >"$TMP/called"
export PATH=$TMP/bin:$PATH CLANG=$TMP/bin/clang

# A filter that nobody has asked for, with all that a trace can be asked for
trace new ping_peer 10.0.0.1 -- -N "$NS_A" -i veth-a -o json -w 60 --id --bytes 64 \
	"${FEW[@]}" "icmp and src host 10.0.0.1 and not udp port $((RANDOM % 9999 + 1))"
is "$STATUS" 0 "a new filter: exit status"
is "$(json new length)" 1 "a new filter: a packet"
is "$(<"$TMP/called")" "" "nothing is compiled or installed"
no_leftovers "nothing is left"
