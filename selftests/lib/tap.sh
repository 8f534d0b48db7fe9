# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# tap.sh: results of a test file, as TAP on stdout, and on stderr whatever helps to
# understand a failure; sourced by lib.sh.

tap_count=0
tap_failed=0

# plan N: the file will print N results
plan()
{
	echo "1..$1"
}

skip_all()
{
	echo "1..0 # SKIP $*"
	exit 0
}

pass()
{
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $*"
}

fail()
{
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	echo "not ok $tap_count - $*"
}

# skip WHAT WHY: one result that cannot be had here
skip()
{
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

# diag TEXT...: lines for whoever looks into a failure
diag()
{
	printf '%s\n' "$*" >&2
}

# ok WHAT COMMAND...: the command succeeds
ok()
{
	local what=$1

	shift
	if "$@"; then
		pass "$what"
	else
		fail "$what"
		diag "failed: $*"
	fi
}

# not COMMAND...: for ok: the command fails
not()
{
	! "$@"
}

# is GOT WANT WHAT: both are the same text
is()
{
	if [ "$1" = "$2" ]; then
		pass "$3"
	else
		fail "$3"
		diag "got:  '$1'"
		diag "want: '$2'"
	fi
}

# isnt GOT OTHER WHAT: they are not
isnt()
{
	if [ "$1" != "$2" ]; then
		pass "$3"
	else
		fail "$3"
		diag "got: '$1'"
	fi
}

# like TEXT REGEX WHAT: the extended regular expression matches
like()
{
	if [[ $1 =~ $2 ]]; then
		pass "$3"
	else
		fail "$3"
		diag "'$1' does not match '$2'"
	fi
}

# unlike TEXT REGEX WHAT: it does not match
unlike()
{
	if [[ $1 =~ $2 ]]; then
		fail "$3"
		diag "'$1' matches '$2'"
	else
		pass "$3"
	fi
}
