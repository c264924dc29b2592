#!/bin/sh
# Makes the programs, keys, list and signatures of this policy test from src/. Run it from any directory.
#
# Objects, skeleton and instructions are the same bytes each time with the same clang (they were made with clang 14) and
# bpftool. Keys are made only where they are missing. A signature tells when it was made, so that it differs each time
# where the signer writes the time.
set -eu
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd -P)
cd "$here"
bpfgate=$here/../../bpfgate
key=keys/EXAMPLE-ONLY-NEVER-TRUST
stranger=keys/EXAMPLE-ONLY-STRANGER

fail() {
	echo "build.sh: $*" >&2
	exit 1
}

need() {
	command -v "$1" >/dev/null || fail "the command $1 is missing (Debian: apt-get install $2)"
}

# compile SOURCE OBJECT [OPTION]...: paths in the debug information are relative, so that they are the same everywhere.
compile() {
	source=$1
	object=$2
	shift 2
	(cd src && clang -O2 -g -target bpf -Wall -Werror -isystem "/usr/include/$arch" \
		-fdebug-compilation-dir=. "$@" -c "$source.bpf.c" -o "../programs/$object.o") || fail "cannot compile src/$source.bpf.c"
}

# flip FILE OFFSET FROM TO: overwrites one byte, given in octal, and fails where another byte stands.
flip() {
	found=$(od -An -to1 -j "$2" -N 1 "$1" | tr -d ' ')
	[ "$found" = "$3" ] || fail "$1 has the byte $found at $2, not $3: adapt the place to this compiler"
	printf "\\$4" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# make_key FILE SUBJECT: RSA, because its signatures do not depend on random numbers.
make_key() {
	[ -e "$1.key" ] && [ -e "$1.crt" ] && return
	openssl req -x509 -newkey rsa:2048 -sha256 -nodes -days 36500 -subj "/CN=$2" -keyout "$1.key" -out "$1.crt" \
		-addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature 2>/dev/null ||
		fail "openssl cannot make $1"
}

# digest OBJECT: the digest of its one program. "verify" exits with 11 for a program that nobody vouches for yet.
digest() {
	json=$("$bpfgate" verify --format json "$1") || [ $? -ge 11 ] || fail "bpfgate verify failed for $1"
	hex=$(printf '%s\n' "$json" | grep -o '"digest" *: *"sha256:[0-9a-f]*"' | grep -o '[0-9a-f]\{64\}')
	[ "${#hex}" -eq 64 ] || fail "bpfgate verify told no digest, or several, for $1"
	echo "$hex"
}

sign() {
	"$bpfgate" sign --key "$1.key" --cert "$1.crt" "programs/$2" -o "programs/$2.p7s" || fail "cannot sign programs/$2"
}

need clang clang
need llvm-objcopy llvm
need bpftool bpftool
need openssl openssl
[ -e /usr/include/bpf/bpf_helpers.h ] || fail "the header bpf/bpf_helpers.h is missing (Debian: apt-get install libbpf-dev)"
arch=$(uname -m)-linux-gnu
[ -e "/usr/include/$arch/asm/types.h" ] || fail "the header asm/types.h is missing (Debian: apt-get install linux-libc-dev)"
mkdir -p programs trust keys

compile xdp_count xdp_count
compile xdp_count xdp_count-changed -DACTION=XDP_DROP
compile exec_trace exec_trace
compile drop_ping drop_ping-unsigned
bpftool gen skeleton -L programs/xdp_count.o name xdp_count >programs/xdp_count.lskel.h ||
	fail "bpftool cannot make the light skeleton"

# drop_ping as instructions alone: the contents of its section. No relocation is open in it.
llvm-objcopy -O binary --only-section=socket programs/drop_ping-unsigned.o programs/drop_ping.insns
cp programs/drop_ping.insns programs/drop_ping-stranger.insns
cp programs/drop_ping.insns programs/drop_ping-tampered.insns
# The comparison with IPPROTO_ICMP, 1, becomes one with 0: pings are no longer dropped.
flip programs/drop_ping-tampered.insns 116 001 000

make_key "$key" "bpfgate EXAMPLE ONLY - NEVER TRUST"
make_key "$stranger" "bpfgate EXAMPLE ONLY - a stranger"
cp "$key.crt" trust/

listed=$(digest programs/xdp_count.o)
cat >allowlist <<LIST
# Programs that may be loaded without a signature: the digest and the name of each program, in the form of "sha256sum" (these are no digests of files).
$listed  xdp_count # type=xdp source=src/xdp_count.bpf.c
LIST

sign "$key" xdp_count.lskel.h
sign "$key" drop_ping.insns
sign "$stranger" drop_ping-stranger.insns
cp programs/drop_ping.insns.p7s programs/drop_ping-tampered.insns.p7s

"$bpfgate" test "$here"
