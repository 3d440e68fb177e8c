# What ops/run, ops/dlcs, ops/test and ops/bench share: is everything here that is needed, is the program built?
# To be sourced by bash. Needs $root, the folder of the clone.

program=$root/artifacts/bin/Host/release/dlcs.dll

fail() { printf '%s\n' "$@" >&2; exit 1; }

# The dotnet to use, in $dotnet: on the path, or where its installers put it. $1: what it must have, below its folder.
find_dotnet() {
  local at
  dotnet=
  for at in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet" \
    /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
    at=$(readlink -f "$at" 2>/dev/null) || continue
    if [ -x "$at" ] && compgen -G "${at%/*}/$1/10.*" >/dev/null; then dotnet=$at; break; fi
  done
  [ -n "$dotnet" ] || fail 'The .NET 10 SDK is not installed.' \
    'Get it from https://dotnet.microsoft.com/download/dotnet/10.0, or type, where there is curl:' \
    '  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0'
  [ -w "${HOME:-/}" ] || export DOTNET_CLI_HOME=$root/artifacts/home
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 PATH=${dotnet%/*}:$PATH
}

# Runs a command, with a line that shows that it works; what it says is only shown when it fails.
work() {
  local what=$1 said pid seconds=0; shift
  said=$(mktemp)
  "$@" >"$said" 2>&1 </dev/null &
  pid=$!
  trap 'kill $pid 2>/dev/null; rm -f "$said"; exit 130' INT TERM
  [ -t 2 ] || printf '%s …\n' "$what" >&2
  while [ -t 2 ] && kill -0 $pid 2>/dev/null; do
    printf '\r%s … %d s ' "$what" $seconds >&2
    sleep 1; seconds=$((seconds + 1))
  done
  local exit=0; wait $pid || exit=$?
  [ -t 2 ] && printf '\r\033[K' >&2
  trap - INT TERM
  [ $exit -eq 0 ] || cat "$said" >&2
  rm -f "$said"
  return $exit
}

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

has_vips() { /sbin/ldconfig -p 2>/dev/null | grep 'libvips\.so\.42' >/dev/null; }

# .NET does not even begin without it. Both of the above bring it.
has_icu() { /sbin/ldconfig -p 2>/dev/null | grep 'libicuuc\.so' >/dev/null; }

# $1: a command, $2: the packages that it comes with.
lacks() { command -v "$1" >/dev/null || missing+=($2); }

# Installs from Debian what is missing, as root or by sudo; else says what to type. $1: the profile, where it is for tests.
need_packages() {
  local missing=()
  [ -z "${1-}" ] || lacks curl curl
  case ${1-} in
    cluster | all)
      lacks radosgw radosgw; lacks ceph-mon ceph-mon; lacks ceph-osd ceph-osd
      lacks node nodejs; lacks npm npm
      [ -z "${DLCS_TEST_SERVERS-}" ] || lacks java openjdk-17-jre-headless
      ;;
  esac
  [ -n "${ConnectionStrings__Postgres-}" ] || has_postgres || missing+=(postgresql)
  has_vips || missing+=(libvips42)
  [ ${#missing[@]} -gt 0 ] || return 0

  command -v apt-get >/dev/null || fail "Not installed: ${missing[*]}. Install them the way this system does it."
  local as=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then as=(sudo -n)
    else fail "Not installed: ${missing[*]}. Type this as root, then start again:" \
      "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
    fi
  fi
  work "Installing ${missing[*]}" "${as[@]}" sh -c "$install" install "${missing[@]}" \
    || fail "Installing ${missing[*]} failed."
}

# The package postgresql makes a cluster of its own unless it is told not to. Newer systems call libvips42 libvips42t64.
install='
  set -e
  conf=/etc/postgresql-common/createcluster.conf
  mkdir -p ${conf%/*}
  [ -e $conf ] || echo "create_main_cluster = false" >$conf
  apt-get update -q
  for package; do
    shift
    if apt-cache show ${package}t64 >/dev/null 2>&1; then package=${package}t64; fi
    set -- "$@" $package
  done
  DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
    apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-confold "$@"
'

# Builds the program when a source is newer than the last build; a build that is there is used as it is.
build() {
  local built=$root/artifacts/.built
  [ -e "$program" ] && [ -e "$built" ] && [ -z "$(newer "$built")" ] && { find_dotnet shared/Microsoft.AspNetCore.App; return 0; }
  find_dotnet sdk
  mkdir -p "$root/artifacts" 2>/dev/null && [ -w "$root/artifacts" ] \
    || fail "The program is to be built, but $root/artifacts cannot be written to: build it as its owner (ops/dlcs --help)."
  exec 9>"$root/artifacts/.building"
  flock 9
  if [ ! -e "$built" ] || [ -n "$(newer "$built")" ]; then
    touch "$built.new"
    work 'Building' "$dotnet" build "$root/src/Host" -c Release --nologo -v quiet --disable-build-servers -p:RunAnalyzers=false \
      || fail 'The program does not build.'
    mv "$built.new" "$built"
  fi
  exec 9>&-
}

newer() {
  (cd "$root" && find src ops/samples Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig \
    -newer "$1" -print -quit)
}
