#!/usr/bin/env bash
# Every task of this repository. Each step installs what is missing and skips what is up to date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'EOF'
./build.sh build            dist/chromium and dist/firefox, loadable as they are
./build.sh run              a browser with Attune in it, beside a call to try it on (BROWSER=firefox for Firefox)
./build.sh test [PART]      every check, or one part of them: core, wasm, lint or browser
./build.sh package          the zips for both stores, and one of the sources
./build.sh bench            the measurements, each beside its baseline
EOF
}

work=target/attune # kept between builds; tsconfig.json reads the wasm's types here
wasm_target=wasm32-unknown-unknown
display_tools=(Xvfb:xvfb openbox:openbox xdotool:xdotool setpriv:util-linux cc:gcc)
browser_tools=(chromium:chromium firefox-esr:firefox-esr)

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- requirements ----------------------------------------------------------------------------------------------------

# need PROGRAM:DEBIAN_PACKAGE...
need() {
  local pair missing=()
  for pair in "$@"; do have "${pair%%:*}" || missing+=("${pair#*:}"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  if have apt-get && [ "$(id -u)" = 0 ]; then
    say "Installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    die "Missing: ${missing[*]}. Install them with: sudo apt-get install ${missing[*]}
(elsewhere than on Debian, with your system's own package manager)"
  fi
}

need_base() {
  have cargo || die "Attune is written in Rust, and there is no cargo here. See https://rustup.rs"
  have npm || die "The build uses Node.js 20.14 or later with npm, and there is none here. See https://nodejs.org"
  mkdir -p "$work"
}

need_wasm_target() {
  sysroot=$(rustc --print sysroot)
  [ -d "$sysroot/lib/rustlib/$wasm_target" ] && return
  have rustup || die "This Rust cannot build for $wasm_target. Install that target with your package manager."
  rustup target add "$wasm_target"
}

# The wasm-bindgen tool must have exactly the version of the crate in Cargo.lock.
need_bindgen() {
  bindgen_version=$(awk '$1 == "name" { name = $3 } $1 == "version" && name == "\"wasm-bindgen\"" { gsub("\"", "", $3); print $3 }' Cargo.lock)
  [ -n "$bindgen_version" ] || die "Cargo.lock names no wasm-bindgen."
  is_right_bindgen && return
  PATH=$PWD/target/tools/bin:$PATH
  is_right_bindgen && return
  say "Installing wasm-bindgen $bindgen_version (about 3 minutes, once)"
  env -u CARGO_TARGET_DIR cargo install --quiet wasm-bindgen-cli --version "$bindgen_version" --root target/tools
}
is_right_bindgen() { [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $bindgen_version" ]; }

need_npm() {
  local wanted
  wanted=$(cksum <package-lock.json)
  [ "$(cat node_modules/.attune 2>/dev/null)" = "$wanted" ] && return
  say "Installing the npm tools"
  npm ci --loglevel=error >/dev/null
  printf '%s\n' "$wanted" >node_modules/.attune
}

# A call app with a server. The tests start their own, which nobody else can reach; the service in the package would
# listen on all interfaces.
need_janus() {
  if ! have janus && [ "$(id -u)" = 0 ] && [ -d /run/systemd/system ]; then systemctl mask --quiet janus.service; fi
  [ -d /usr/share/janus/demos ] || need janus-demos:janus-demos
  need janus:janus
}

# --- build -----------------------------------------------------------------------------------------------------------

# The wasm must not contain local paths, and must come out the same in any folder.
wasm_flags() {
  local cargo_home=${CARGO_HOME:-$HOME/.cargo} folder
  [ -d "$cargo_home/registry/src" ] || cargo fetch --quiet
  printf -- '--remap-path-prefix=%s=/rust' "$sysroot/lib/rustlib/src/rust"
  printf -- '\x1f--remap-path-prefix=%s=/attune' "$PWD"
  for folder in "$cargo_home"/registry/src/*/; do printf -- '\x1f--remap-path-prefix=%s=/crates' "${folder%/}"; done
}

# is_old TARGET SOURCE...: whether a source, or a file in it, has changed since TARGET was made
is_old() {
  local made=$1
  shift
  [ ! -e "$made" ] || [ -n "$(find "$@" -newer "$made" -print -quit)" ]
}

# The crates below src/web that become wasm modules, each with its JavaScript and types.
wasm_modules=(background pages options)

wasm() {
  local name made=$work/wasm crates=()
  is_old "$made/options_bg.wasm" src Cargo.toml Cargo.lock rust-toolchain.toml package-lock.json build.sh || return 0
  touch "$work/started"
  for name in "${wasm_modules[@]}"; do crates+=(--package "attune-$name"); done
  CARGO_ENCODED_RUSTFLAGS=$(wasm_flags) cargo build --quiet --release --lib --target "$wasm_target" "${crates[@]}" ${CI:+--locked}
  for name in "${wasm_modules[@]}"; do
    wasm-bindgen --target web --remove-name-section --remove-producers-section --out-dir "$work/raw" --out-name "$name" \
      "${CARGO_TARGET_DIR:-target}/$wasm_target/release/attune_$name.wasm"
    # A function with a single caller stays on its own if it is large: Chromium compiles a function when it is first
    # called, so what is merged into another is compiled even if it does not run.
    node_modules/.bin/wasm-opt -Oz --one-caller-inline-max-function-size=100 \
      -o "$work/raw/${name}_bg.wasm" "$work/raw/${name}_bg.wasm"
    # Sources edited during the build must count as newer than its output.
    touch -r "$work/started" "$work/raw/${name}_bg.wasm"
    mkdir -p "$made"
    mv "$work/raw/$name"* "$made/"
  done
}

# Checks the shipped decks: the engine would refuse a broken one without saying what is wrong.
decks() {
  is_old "$work/decks-checked" extension/decks src/deck || return 0
  cargo run --quiet --bin deck ${CI:+--locked} -- extension/decks/*.json >&2
  touch "$work/decks-checked"
}

assemble() {
  if [ ! -d dist/chromium ] || [ ! -d dist/firefox ] ||
    is_old dist/sizes.txt extension tools Cargo.toml package-lock.json "$work/wasm"; then
    node tools/assemble.mjs "$work"
  else
    cat dist/sizes.txt
  fi
}

# Runs in a subshell, whose lock makes a second build wait.
build() (
  exec 9>"$work/lock"
  if have flock; then flock 9; fi
  need_npm
  need_wasm_target
  need_bindgen
  wasm
  decks
  assemble
)

# --- commands --------------------------------------------------------------------------------------------------------

run() {
  local browser=${BROWSER:-chromium}
  build
  node tools/browsers.mjs "$browser" >/dev/null 2>&1 || case $browser in
    firefox) need firefox-esr:firefox-esr ;;
    *) need chromium:chromium ;;
  esac
  exec node tools/run.mjs "$browser"
}

tests() {
  part=${1:-all}
  case $part in
    all | core | wasm | lint | browser) ;;
    *) die "There is no part $part: the parts are core, wasm, lint and browser." ;;
  esac
  if is_part lint browser; then build; fi
  if is_part wasm lint; then need_wasm_target; fi
  if is_part wasm; then
    need_bindgen
    need chromium:chromium chromedriver:chromium-driver
  fi
  if is_part browser; then
    need "${browser_tools[@]}" "${display_tools[@]}"
    need_janus
  fi
  exec node tools/test.mjs "$part"
}
is_part() { [ "$part" = all ] || [[ " $* " == *" $part "* ]]; }

bench() {
  [ -f bench/all.mjs ] || die "There is nothing to measure yet: bench/all.mjs is missing."
  build
  need "${browser_tools[@]}" "${display_tools[@]}"
  exec node bench/all.mjs "$@"
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  build) need_base; build ;;
  run) need_base; run ;;
  test) need_base; tests "$@" ;;
  package) need_base; build; node tools/package.mjs ;;
  bench) need_base; bench "$@" ;;
  "" | help | -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
