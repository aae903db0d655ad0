#!/usr/bin/env bash
# Installs what is missing, builds the web page if it changed, and says so; does nothing when all is
# there. Usage: setup.sh run|test|web
# Touches only .venv, web/node_modules and src/picket/page in this folder and, by name, Debian packages.
set -euo pipefail
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
RUN_PACKAGES=(ffmpeg)
TEST_PACKAGES=(
  python3-gi gir1.2-gst-rtsp-server-1.0
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad
  chromium postgresql mosquitto openssl vlc-bin vlc-plugin-base faketime gcc libc6-dev
  prometheus systemd
)

is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

install_packages() {
  local missing=() package
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "Missing: ${missing[*]}. As root: apt-get install ${missing[*]}" >&2
      exit 1
    }
    as_root=(sudo)
  fi
  echo "Installing Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install_python() {
  local lock=$1 stamp sum
  sum=$(cat "$lock" pyproject.toml | sha256sum | cut -c1-16)
  stamp=.venv/.installed-$(basename "$lock" .lock)
  [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ] && return
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Picket needs Python 3.11 or newer; python3 is $(python3 --version)" >&2
    exit 1
  }
  python3 -c 'import ensurepip' 2>/dev/null || install_packages python3-venv
  echo "Installing Python packages from $lock into .venv"
  [ -x .venv/bin/python ] || python3 -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
  VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip install --quiet --no-deps --require-hashes -r "$lock"
  VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip install --quiet --no-deps --editable .
  echo "$sum" >"$stamp"
}

install_scripts() {
  local stamp=web/node_modules/.installed
  cmp -s web/package-lock.json "$stamp" && return
  command -v npm >/dev/null || install_packages npm
  echo "Installing npm packages from web/package-lock.json"
  npm ci --prefix web --ignore-scripts --no-audit --no-fund --silent
  cp web/package-lock.json "$stamp"
}

build_page() {
  install_scripts
  scripts/web.sh
}

case ${1:-run} in
  run)
    install_packages "${RUN_PACKAGES[@]}"
    # What tests install contains what running needs.
    [ -f .venv/.installed-requirements-dev ] && install_python requirements-dev.lock ||
      install_python requirements.lock
    # Recording does not wait for a page.
    build_page || echo "The web page could not be built; all the rest runs. Try again: make web" >&2
    ;;
  test)
    install_packages "${RUN_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
    install_python requirements-dev.lock
    build_page
    ;;
  web)
    build_page
    ;;
  *)
    echo "usage: setup.sh run|test|web" >&2
    exit 2
    ;;
esac
