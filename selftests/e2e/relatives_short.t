#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: with a short list, what TCP keeps is left alone
# requires: root tool:stream cmd:nft kprobes
# kernels: one
. "${BASH_SOURCE%/*}/../lib.sh"
. "${BASH_SOURCE%/*}/labs.sh"
. "${BASH_SOURCE%/*}/relatives.sh"
plan 3

new_lab || exit 1
# Where it would not be seen to end.
list_with "!__kfree_skb"
trace few lossy_stream syn 100 -- -o records -w 60 -N "$NS_A" -d out -f "$TMP/relatives.list" \
	'tcp dst port 99 and tcp[tcpflags] & tcp-syn != 0'
is "$STATUS" 0 "exit status"
is "$(tree few)" "1 1 - dropped" "no original"
no_leftovers "nothing is left"
