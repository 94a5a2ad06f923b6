#!/usr/bin/env bash
# Builds an FFmpeg for the runner alone from Debian's source package, with Debian's patches and security fixes. It reads what Debian's FFmpeg
# reads, writes only what the runner needs, and links few libraries, so that it starts in milliseconds. Needs root, or the packages below.
#
#   deploy/ffmpeg/build.sh DIRECTORY     installs ffmpeg and ffprobe in DIRECTORY
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: $0 DIRECTORY" >&2; exit 2; }
target=$(realpath -m "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Encoders of the runner's codecs, and the one AV1 decoder that needs no graphics card. The last two are linked as
# shared libraries, because Debian has no static ones.
packages='libx264-dev libx265-dev libvpx-dev libopus-dev zlib1g-dev libnuma-dev libdav1d-dev libsvtav1enc-dev'
tools='build-essential dpkg-dev nasm pkgconf'
missing=
for package in $packages $tools; do
  dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=" $package"
done
if [ -n "$missing" ]; then
  [ "$(id -u)" -eq 0 ] || { echo "Missing:$missing. Install them, then run this again." >&2; exit 1; }
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

# Sources of this machine's release of Debian, without changing its package lists.
. /etc/os-release
key=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "${key%.gpg}.pgp" ] && key=${key%.gpg}.pgp
{
  echo "deb-src [signed-by=$key] http://deb.debian.org/debian $VERSION_CODENAME main"
  echo "deb-src [signed-by=$key] http://deb.debian.org/debian-security $VERSION_CODENAME-security main"
} >sources.list
mkdir -p lists/partial
apt=(apt-get -qq -o APT::Sandbox::User=root -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$work/lists")
"${apt[@]}" update
"${apt[@]}" source ffmpeg >/dev/null
cd ffmpeg-*/

# Static archives only, so that the linker can't choose the shared libraries.
mkdir "$work/archives"
for name in x264 x265 vpx opus z numa stdc++; do
  ln -s "$(find /usr/lib -name "lib$name.a" -print -quit)" "$work/archives/"
done
version=$(dpkg-parsechangelog -S Version)
options=(
  --prefix="$target" --extra-version="${version#*-}" --disable-autodetect --disable-doc --disable-debug --disable-ffplay
  --disable-network --disable-indevs --enable-indev=lavfi --disable-outdevs --disable-postproc --disable-shared --enable-static
  --enable-gpl --enable-zlib --enable-libx264 --enable-libx265 --enable-libvpx --enable-libopus --enable-libdav1d --enable-libsvtav1
  --pkg-config-flags=--static --extra-ldflags="-L$work/archives" --extra-libs='-lstdc++ -lm -lpthread'
)
./configure "${options[@]}" >/dev/null || { tail -20 ffbuild/config.log >&2; exit 1; }
make -s -j"$(nproc)" ffmpeg ffprobe >make.log 2>&1 || { grep -A5 -i error make.log >&2; exit 1; }
mkdir -p "$target"
install -s ffmpeg ffprobe "$target/"
"$target/ffmpeg" -hide_banner -version | head -1
