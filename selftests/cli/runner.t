#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: the test runner itself: what it counts as passed, failed, skipped
. "${BASH_SOURCE%/*}/../lib.sh"
plan 48

RUN=$TOP/selftests/run.sh
HEAD='#!/usr/bin/env bash'
LIB=". '$TOP/selftests/lib.sh'"

# fake NAME LINE...: a test file of these lines
fake()
{
	printf '%s\n' "$HEAD" "${@:2}" >"$TMP/$1.t"
}

# run ARGS...: sets out, last and status
run()
{
	status=0
	out=$(cd "$TMP" && BPFPATH_LOGS=$TMP/logs "$RUN" -n "$@" 2>"$TMP/err") ||
		status=$?
	last=${out##*$'\n'}
	diag "$out"
}

# has REGEX WHAT: a line of the stream matches
has()
{
	ok "$2" grep -qE "$1" <<<"$out"
}

fake good 'echo 1..2' 'echo "ok 1 - first"' 'echo "ok 2 - second"'
run good.t
is "$last" "3 passed, 0 failed, 0 skipped" "good: the last line"
is "$status" 0 "good: the exit status"
is "${out%%$'\n'*}" "TAP version 13" "good: the first line"
has '^ok 1 - good: first$' "good: the first result"
has '^ok 2 - good: second$' "good: the second result"
has '^ok 3 - good: left nothing behind$' "good: leftovers are looked for"
has '^1\.\.3$' "good: the plan"
ok "good: its log is gone" test ! -e "$TMP/logs/good.log"

run good.t good.t
has '^ok 4 - good: first$' "two files: numbered as one stream"

run -k good.t
ok "-k: the log is kept" test -e "$TMP/logs/good.log"

fake bad 'echo 1..2' 'echo "not ok 1 - first"' 'echo "# because"' \
	'echo why >&2' 'echo "ok 2 - second"'
run bad.t
is "$last" "2 passed, 1 failed, 0 skipped" "bad: the last line"
is "$status" 1 "bad: the exit status"
has '^not ok 1 - bad: first$' "bad: the result"
has '^# because$' "bad: its diagnostics are shown"
has '^# why$' "bad: its stderr is shown"

fake noplan 'echo "ok 1 - first"'
run noplan.t
is "$status" 1 "no plan: the exit status"
has '^not ok 2 - noplan: no plan \(exit status 0\)$' "no plan: the result"

fake short 'echo 1..3' 'echo "ok 1 - first"'
run short.t
has '^not ok 2 - short: 1 of 3 results \(exit status 0\)$' "too few results"

fake crash 'echo 1..2' 'echo "ok 1 - first"' "kill -SEGV \$\$"
run crash.t
has '^not ok 2 - crash: 1 of 2 results \(exit status 139\)$' "a crash"

fake late 'echo 1..1' 'echo "ok 1 - first"' 'exit 3'
run late.t
has '^not ok 2 - late: exit status 3, though nothing failed$' "a bad status"

fake empty 'echo 1..0'
run empty.t
has '^not ok 1 - empty: no tests in it$' "a plan of nothing"

fake silent ':'
run silent.t
is "$status" 1 "silent: the exit status"

fake hang 'echo 1..1' 'sleep 1000'
run -t 1 hang.t
is "$status" 1 "hang: the exit status"
has '^not ok 1 - hang: no end after 1 seconds$' "hang: the result"
has '^ok 2 - hang: left nothing behind$' "hang: its process is ended"

# shellcheck disable=SC2016 # the fake test expands it
fake stray 'echo 1..1' 'echo "ok 1 - first"' 'sleep 1000 &' \
	"echo \$! >'$TMP/stray'"
run stray.t
has '^ok 1 - stray: first$' "stray process: the file's own result"
has '^not ok 2 - stray: left something behind$' "stray process: a failure"
has '^# process: sleep 1000' "stray process: it is named"
ok "stray process: it is ended" \
	test -z "$(tr '\0' ' ' <"/proc/$(cat "$TMP/stray")/cmdline")"

fake skips 'echo 1..2' 'echo "ok 1 - first # SKIP no moon"' \
	'echo "ok 2 - second"'
run skips.t
is "$last" "2 passed, 0 failed, 1 skipped" "a result skipped: the last line"
has '^ok 1 - skips: first # SKIP no moon$' "a result skipped: its reason"

fake all 'echo "1..0 # SKIP no sun"'
run all.t good.t
has '^ok 1 - all # SKIP no sun$' "a file skipped: its reason"
is "$last" "4 passed, 0 failed, 1 skipped" "a file skipped: the last line"

fake needs '# requires: cmd:no-such-command' "$LIB" 'plan 1' 'pass one'
run needs.t
has '# SKIP no no-such-command here$' "requires: a missing command skips"

for kernels in ends one; do
	fake $kernels "# kernels: $kernels" "$LIB" 'plan 1' 'pass one'
done
run ends.t one.t
is "$last" "4 passed, 0 failed, 0 skipped" "kernels: not in a guest"
BPFPATH_CHOSEN=ends run ends.t one.t
has '^ok 1 - ends: one$' "kernels: ends"
has '^ok 3 - one # SKIP kernels do not differ: it runs on others \(one\)$' \
	"kernels: one: not there"
BPFPATH_CHOSEN='' run ends.t one.t
is "$last" "2 passed, 0 failed, 2 skipped" "kernels: neither"

fake lib "$LIB" 'plan 4' 'is 1 1 one' 'like abc "^a" two' \
	'unlike abc "^b" three' 'skip four "no wind"'
run lib.t
is "$last" "4 passed, 0 failed, 1 skipped" "lib.sh: good results"

fake libbad "$LIB" 'plan 3' 'is 1 2 one' 'like abc "^b" two' 'ok three false'
run libbad.t
is "$last" "1 passed, 3 failed, 0 skipped" "lib.sh: bad results"
has "^# want: '2'\$" "lib.sh: says what was wanted"

# a run of the runner inside the runner, as in a guest
fake guest "echo '# kernel 6.12.57+deb13-amd64'" 'echo "ok 1 - demo: first"' \
	'echo 1..1' 'echo "1 passed, 0 failed, 0 skipped"'
run guest.t
has '^ok 1 - 6\.12 demo: first$' "a run in a guest: results bear the kernel"

run no-such-file
is "$status" 2 "no such file: the exit status"
ok "no such file: the message" \
	grep -q "^run.sh: no such group or file: 'no-such-file'$" "$TMP/err"

run --vm potato vm
is "$status" 2 "unknown release: the exit status"

run -t soon good.t
is "$status" 2 "bad time limit: the exit status"

run --what
is "$status" 2 "unknown option: the exit status"
ok "unknown option: the usage" grep -q '^Usage: run.sh' "$TMP/err"
