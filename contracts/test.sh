#!/usr/bin/env bash
# Builds and tests the contracts; the last line says how many tests passed and failed.
#   --update  writes gas figures and abi/ anew instead of comparing them
#   --bugs    also plants bugs, and expects the tests to find each one
set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || exit 1

failed=0
step() {
  "$@" && return
  echo "failed: $*" >&2
  failed=$((failed + 1))
}

if [[ ! -e node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
  npm ci --ignore-scripts --no-audit --no-fund || exit 1
  touch node_modules/.package-lock.json
fi

export PATH=$PWD/node_modules/.bin:$PATH FOUNDRY_DISABLE_NIGHTLY_WARNING=1
check=--check
if [[ " $* " == *' --update '* ]]; then
  check=
  export FORGE_SNAPSHOT_CHECK=false FORGE_SNAPSHOT_EMIT=true
fi

step forge build --quiet
step forge fmt --check src test proofs
report=$(forge test 2>&1) || failed=$((failed + 1))
printf '%s\n' "$report"
proofs=$(./prove.sh) || failed=$((failed + 1))
printf '%s\n' "$proofs"
# shellcheck disable=SC2086 # no argument at all when there is nothing to check
step node build.mjs $check
step node test/interop/test.mjs
# Networks that stopped before Osaka run the same sources.
FOUNDRY_PROFILE=until-osaka step forge build --quiet --skip test
[[ " $* " == *' --bugs '* ]] && step node test/planted-bugs.mjs && step ./prove.sh --bugs

counts=$(sed -nE 's/.*: ([0-9]+) tests passed, ([0-9]+) failed.*/\1 \2/p' <<<"$report" | tail -n 1)
read -r passed broken <<<"${counts:-0 1}"
read -r proved open skipped < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\1 \2 \4/p' <<<"$proofs")
passed=$((passed + ${proved:-0})) broken=$((broken + ${open:-1}))
# A step that failed beside the tests must show in the line that is read.
((failed > 0 && broken == 0)) && broken=$failed
echo "$passed passed, $broken failed${skipped:+, $skipped skipped}"
((broken == 0))
