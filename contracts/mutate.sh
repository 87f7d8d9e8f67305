#!/usr/bin/env bash
# Flips operators, bounds and guards of the sources, one at a time, and lists what no test finds; see test/mutate.mjs.
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && exec node test/mutate.mjs "$@"
