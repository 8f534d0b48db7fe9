#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# description: machines where something is missing: paths, mounts, programs
# requires: root
# kernels: host
. "${BASH_SOURCE%/*}/../lib.sh"
plan 16

mount_quietly

# says WANT WHAT COMMAND...: "STATUS MESSAGE" of a run, in a mount namespace
says()
{
	local status=0

	unshare -m -- "${@:3}" >"$TMP/out" 2>"$TMP/err" </dev/null || status=$?
	is "$status $(<"$TMP/err")" "$1" "$2"
}

# with_err STATUS REGEX WHAT COMMAND...: the same, where it says more
with_err()
{
	local status=0

	unshare -m -- "${@:4}" >"$TMP/out" 2>"$TMP/err" </dev/null || status=$?
	like "$status $(<"$TMP/err")" "^$1 $2" "$3"
}

TRACE=(-a tracepoint -w 1 "${FEW[@]}" -q -d in icmp)

# ---------------------------------------------------------------- the shell's

with_err 3 '.*no packet matched' "no sbin in PATH" \
	env "PATH=/usr/bin:/bin" "$BPFPATH" "${TRACE[@]}"
with_err 3 '.*no packet matched' "no PATH" env -u PATH "$BPFPATH" "${TRACE[@]}"
# shellcheck disable=SC2016 # the inner shell expands it
says "0 " "CDPATH, and a name that cd looks for there" \
	env "CDPATH=${TOP%/*}" bash -c 'cd "$1" && exec bash "$2/bpfpath.sh" check' \
	- "${TOP%/*}" "${TOP##*/}"
# shellcheck disable=SC2016 # the same
says "0 " "CDPATH: the demo's scripts as well" \
	env "CDPATH=$TOP" bash -c 'cd "$1" && exec bash scripts/lab.sh list' - "$TOP"

# ---------------------------------------------------------------- mounts

# root DIRECTORY... -- COMMAND...: in a chroot that is no mount point, and has these
cat >"$TMP/root" <<'END'
#!/usr/bin/env bash
set -e
mkdir -p "${0%/*}/new"
while [ "$1" != -- ]; do
	mkdir -p "${0%/*}/new/$1"
	mount --rbind "/$1" "${0%/*}/new/$1"
	shift
done
cd "${0%/*}/new"
for name in bin sbin lib lib64; do
	ln -sfT "usr/$name" "$name"
done
mkdir -p here run tmp
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mount --rbind "$TOP" here
exec chroot . "/here/bpfpath.sh" "${@:2}"
END
chmod +x "$TMP/root"
export TOP
ALL=(usr etc dev proc sys var)

with_err 0 '.*The first reply was delivered' "a chroot that is no mount point: demo" \
	"$TMP/root" "${ALL[@]}" -- demo -q
is "$(grep -c '^packet 1: .*, complete' "$TMP/out")" 2 "and both paths"
for what in list demo clean "-w 1 icmp"; do
	# shellcheck disable=SC2086 # words
	says "1 bpfpath: /proc is not mounted here: mount -t proc proc /proc" \
		"no /proc: $what" "$TMP/root" usr etc dev sys var -- $what
done
for what in check "-w 1 icmp"; do
	# shellcheck disable=SC2086 # words
	says "1 bpfpath: /sys is not mounted here: mount -t sysfs sysfs /sys" \
		"no /sys: $what" "$TMP/root" usr etc dev proc var -- $what
done

# ---------------------------------------------------------------- programs

# Programs are found in one directory, which has neither tc nor a package manager.
cat >"$TMP/without" <<'END'
#!/usr/bin/env bash
set -e
tmp=${0%/*}
mkdir -p "$tmp/bin" "$tmp/sbin" "$tmp/none"
ln -s /usr/bin/* "$tmp/bin"
for file in /usr/sbin/*; do
	ln -sf "$tmp/sbin/${file##*/}" "$tmp/bin"
done
rm -f "$tmp/bin/"{tc,apt,dnf,pacman,apk}
mount --bind /usr/sbin "$tmp/sbin"
mount --bind "$tmp/none" /usr/sbin
export PATH=$tmp/bin
exec "$@"
END
chmod +x "$TMP/without"
says "1 bpfpath: no tc here: 'bpfpath.sh setup' installs what is needed" \
	"no tc" "$TMP/without" "$BPFPATH" "${TRACE[@]}"

# The first argument begins what bpfload is called with when it finds no memory.
cat >"$TMP/fails" <<'END'
#!/usr/bin/env bash
[[ "$*" != "$FAILS"* ]] || {
	echo "bpfload: interfaces: Cannot allocate memory" >&2
	exit 1
}
exec "$REAL" "$@"
END
cat >"$TMP/failing" <<'END'
#!/usr/bin/env bash
set -e
tmp=${0%/*}
export FAILS=$1 REAL=$tmp/bpfload
cp "$TOP/build/bpfload" "$REAL"
mount --bind "$tmp/fails" "$TOP/build/bpfload"
exec "${@:2}"
END
chmod +x "$TMP/fails" "$TMP/failing"
NO_LINKS='1 bpfload: interfaces: Cannot allocate memory
bpfpath: the interfaces cannot be listed'
says "$NO_LINKS" "no memory for the interfaces" \
	"$TMP/failing" netdevs "$BPFPATH" "${TRACE[@]}"
says "$NO_LINKS" "no memory for the interfaces, by name" \
	"$TMP/failing" netdevs "$BPFPATH" -i lo "${TRACE[@]}"
says "$NO_LINKS" "no memory to follow interfaces" \
	"$TMP/failing" 'netdevs --follow' "$BPFPATH" "${TRACE[@]}"
