#!/bin/sh
# Says in one line what is missing before anything is installed. $1: the Python to use.
python="${1:-python3}"
fail() { echo "Earshot can't start: $1" >&2; exit 1; }

command -v "$python" >/dev/null 2>&1 ||
  fail "Python is missing. Install Python 3.11 or newer, then run make again."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "$("$python" --version) is too old. Install Python 3.11 or newer, then: make run PYTHON=python3.11"
"$python" -c 'import venv, ensurepip' 2>/dev/null ||
  fail "this Python has no venv module. On Debian or Ubuntu: apt-get install python3-venv"
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
  fail "Node.js is missing. Install Node 20 or newer (nodejs.org), then run make again."
node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' ||
  fail "Node $(node --version) is too old. Install Node 20 or newer, then run make again."
