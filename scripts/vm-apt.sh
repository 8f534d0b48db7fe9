# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # variables of the scripts that source it
#
# vm-apt.sh: packages of other Debian releases and architectures, for
# vm-kernel.sh, vm-root.sh and the benchmark. They set WHAT and NAME, what is wanted,
# CACHE, the directory that keeps it, and RELEASE and ARCH, whose packages these are.
#
# apt does the fetching, from the mirror that this machine's apt is configured
# for, with a package list of its own, so that the machine's lists and packages
# stay as they are. What is trusted: the Debian archive's keys on this machine.
# apt checks the release file's signature with them, the index by the SHA256 in
# the release file and each package by the SHA256 in the index.

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
SKIP=4
TMP=	# below CACHE, while something is fetched

say()
{
	echo "${0##*/}: $*" >&2
}

# The tests count status 4 as a skip.
skip()
{
	say "$WHAT '$NAME': $*"
	exit $SKIP
}

clean_up()
{
	if [[ $TMP ]]; then
		rm -rf -- "$TMP"
	fi
}

# Waits for whoever fetches into CACHE, and makes TMP.
open_cache()
{
	type apt-get dpkg-deb >/dev/null || skip "needs apt and dpkg"
	[[ -r $KEYRING ]] || skip "no $KEYRING to trust"
	install -d -m 0700 -- "$CACHE" || skip "cannot keep it in $CACHE"
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	exec 9>"$CACHE/.lock"
	flock 9
	TMP=$(mktemp -d "$CACHE/.fetch.XXXXXX")
}

# The Debian mirrors in apt's configuration, with the name of this machine's
# release replaced by the wanted one: "URI SUITE", a line each.
list_mirrors()
{
	local codename uri suite base

	codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	# shellcheck disable=SC2016 # apt fills these in
	apt-get indextargets --format '$(REPO_URI) $(RELEASE)' \
		"Created-By: Packages" "Component: main" | sort -u |
	while read -r uri suite; do
		base=${suite%-updates}
		base=${base%-security}
		case $base in
		"$codename" | stable | oldstable | testing)
			echo "$uri $RELEASE${suite#"$base"}" ;;
		esac
	done
}

# apt with its state in $TMP instead of the machine's own.
private_apt()
{
	local tool=$1

	shift
	"$tool" -q -o Dir::Etc::sourcelist="$TMP/sources.list" \
		-o Dir::Etc::sourceparts=- -o Dir::State="$TMP" \
		-o Dir::State::status="$TMP/status" -o Dir::Cache="$TMP/cache" \
		-o Acquire::Languages=none -o APT::Sandbox::User=root \
		-o APT::Architecture="$ARCH" "$@"
}

fetch_index()
{
	local uri suite

	mkdir -p "$TMP/lists/partial" "$TMP/cache/archives/partial"
	: >"$TMP/status"
	list_mirrors | while read -r uri suite; do
		echo "deb [signed-by=$KEYRING] $uri $suite main"
	done >"$TMP/sources.list"
	[[ -s $TMP/sources.list ]] ||
		skip "apt is not configured for a Debian mirror"
	private_apt apt-get update >"$TMP/log" 2>&1 || true
}

# Unpacks the packages in directory $1 into $2, without their scripts.
unpack()
{
	local deb

	for deb in "$1"/*.deb; do
		dpkg-deb -x "$deb" "$2"
	done
}
