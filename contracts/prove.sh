#!/usr/bin/env bash
# Proves the laws of the vault's books (proofs/), and counts the assertions; without z3 it proves nothing, and says so.
#   --bugs  plants bugs instead, and expects the proofs to break
set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || exit 1

if ! command -v z3 >/dev/null; then
  echo 'The laws of the books were not proved: there is no z3 here (Debian: apt-get install z3).'
  echo '0 passed, 0 failed, 1 skipped'
  exit
fi
exec node proofs/prove.mjs "$@"
