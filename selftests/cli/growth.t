#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the time of each form grows as the records do, not as their square
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"

FORMS=(text hops tree json dot pcapng records stats stats-json prometheus folded
	diff until-differs)
SHAPES=(nest recursive stray steps gaps children chain packets open routes)
plan ${#SHAPES[@]}

cd "$TOP" || exit 1
PATHREPORT=${BUILD:-build}/pathreport
FEW_RECORDS=1500	# of something, …
TIMES=8			# … so many times as many, …
MOST=3			# … each of which may take so many times as long
TIMEFORMAT='%3U'	# CPU time of the program, in seconds

# shape NAME COUNT: records that have so many of something
shape()
{
	head -n 1 selftests/golden/calls.in
	awk -v shape="$1" -v n="$2" -v OFS='\t' '
	function line(type, ns, seq, func_, kin, parent, kins, how) {
		print type, packet, seq, packet * 1000000 + ns, 0, "0x1",
			func_, "veth0", 2, 77, 98, 0, how, "-", "-", "0", kin,
			parent, kins, kins == "-" ? "-" : 0, "-", "ping", 841,
			"icmp", "10.0.0.2", "-", "10.0.0.1", "-", "8/0/1/1", "-",
			"-", "-", "-", "-", "-"
	}
	function begin() { packet++; line("select", 0, "-", "ingress", 0, "-", "-", "-") }
	function step(ns, seq, name, kin) { line("step", ns, seq, name, kin, "-", "-", "-") }
	function back(ns, name) { line("return", ns, "-", name, 0, "-", "-", "-") }
	function born(ns, kin, by) { line("born", ns, "-", "skb_clone", kin, by, "-", "-") }
	function over(ns, seq, name, kin, kins) {
		line("end", ns, seq, name, kin, "-", kins, "consumed")
	}
	# calls within each other, which return by these names
	function calls(name, back_name) {
		begin()
		for (i = 0; i < n; i++)
			step(i, i, shape == "recursive" ? "f" : name i, 0)
		for (i = n - 1; i >= 0; i--)
			back(3 * n - i, shape == "recursive" ? "f" : back_name i)
		over(n, n, "f", 0, 0)
	}
	function relatives(chain) {
		begin()
		for (i = 1; i <= n; i++) {
			born(i, i, chain ? i - 1 : 0)
			step(n + i, 0, "f" i % 100, i)
		}
		for (i = 1; i <= n; i++)
			over(n + i, 1, "f" i % 100, i, n)
		over(3 * n, 0, "-", 0, n)
	}
	BEGIN {
		if (shape == "nest" || shape == "recursive")
			calls("f", "f")
		if (shape == "stray")
			calls("f", "g")
		if (shape == "children" || shape == "chain")
			relatives(shape == "chain")
		if (shape == "steps" || shape == "gaps") {
			begin()
			width = shape == "gaps" ? 2 : 1
			for (i = 0; i < n; i++)
				step(i, i * width, "f" i, 0)
			over(n, n * width, "f" n - 1, 0, 0)
		}
		while (shape == "packets" && packet < n) {
			begin()
			step(1, 0, "f", 0)
			over(1, 1, "f", 0, 0)
		}
		while (shape == "routes" && packet < n) {
			begin()
			for (i = 0; i < 14; i++)
				step(i, i, "f" int(packet / 2 ^ i) % 2, 0)
			over(i, i, "f0", 0, 0)
		}
		while (shape == "open" && packet < n) {
			begin()
			step(1, 0, "f", 0)
		}
		for (packet = 1; shape == "open" && packet <= n; packet++)
			over(1, 1, "f", 0, 0)
	}' </dev/null
}

# cpu_ms FORM FILE: sets ms
cpu_ms()
{
	local command=("$PATHREPORT" -o "$1" --data data "$2")

	[ "$1" != diff ] || command=("$PATHREPORT" --diff "$2" "$2")
	[ "$1" != until-differs ] || command=("$PATHREPORT" --until-differs "$2")
	ms=$({ time "${command[@]}" >"$TMP/out" 2>"$TMP/err"; } 2>&1)
	ms=$((10#${ms/[.,]/}))
}

# in_time FORM: sets few and ms; fails when the many take too long for the few. What is
# too short to be measured counts as 10 ms.
in_time()
{
	cpu_ms "$1" "$TMP/few"
	few=$((ms > 10 ? ms : 10))
	cpu_ms "$1" "$TMP/many"
	[ "$ms" -lt $((few * TIMES * MOST)) ]
}

# grows SHAPE: prints the forms that take too long. CPU time also grows with what else
# the machine does: only what takes too long each time does so itself.
grows()
{
	local form few slow=

	shape "$1" "$FEW_RECORDS" >"$TMP/few"
	shape "$1" $((FEW_RECORDS * TIMES)) >"$TMP/many"
	for form in "${FORMS[@]}"; do
		in_time "$form" || in_time "$form" || in_time "$form" ||
			slow+="$form: $few ms, then $ms ms; "
	done
	echo "$slow"
}

for shape in "${SHAPES[@]}"; do
	is "$(grows "$shape")" "" "$TIMES times as many of: $shape"
done
