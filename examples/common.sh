# What the examples share: a node of their own, keys of their own, and the checks of what they claim.
# Nothing touches the user's keys or data: both lie in a folder that goes when the example ends.

examples=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
chainspace=$examples/../chainspace
keep=

cs() { "$chainspace" "$@"; }

say() { printf '\n%s\n' "$*"; }

fail() {
  printf 'Not as told: %s\n' "$*" >&2
  exit 1
}

# only_keep EXAMPLE ARGUMENTS: the options of an example that has no others.
only_keep() {
  local example=$1 usage
  printf -v usage 'Usage: examples/%s/run [--keep]\n  --keep  keep the folder of the node' "$example"
  while shift && (($#)); do
    case $1 in
      --keep) keep=1 ;;
      -h | --help) printf '%s\n' "$usage"; exit ;;
      *) printf '%s\n' "$usage" >&2; exit 2 ;;
    esac
  done
}

# begin SPACE: a node with that space of play money, on a free port; ends with the script.
begin() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/chainspace-example.XXXXXX")
  node=
  trap finish EXIT
  trap 'exit 130' INT TERM
  export XDG_CONFIG_HOME=$work/config CHAINSPACE_SPACE=$1
  unset CHAINSPACE_KEY CHAINSPACE_PASSPHRASE CHAINSPACE_URL
  : >"$work/node.log" # there before anybody looks
  cs tests salt >/dev/null # builds now what is not built, so that waiting for the node is short
  "$chainspace" up --port 0 --data "$work/node" --no-demo --space "$1" >"$work/node.log" 2>&1 &
  node=$!
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    CHAINSPACE_URL=$(sed -nE 's|.* is up at (http://[^ ]+).*|\1|p' "$work/node.log")
    [[ -n $CHAINSPACE_URL ]] && break
    kill -0 "$node" 2>/dev/null || break
    sleep 0.2
  done
  [[ -n $CHAINSPACE_URL ]] || { cat "$work/node.log" >&2; fail 'the node did not start.'; }
  export CHAINSPACE_URL
  say "A node runs at $CHAINSPACE_URL with the space $1; everybody starts with 1,000.00 PLAY."
}

finish() {
  local status=$?
  trap - EXIT
  if [[ -n $node ]]; then
    kill "$node" 2>/dev/null || true
    wait "$node" 2>/dev/null || true
  fi
  if [[ -n $keep ]]; then
    say "Kept in $work: start it again with ./chainspace up --data $work/node --no-demo"
  else
    rm -rf -- "$work"
  fi
  exit "$status"
}

# people NAMES: a key for each, registered in the space.
people() {
  local name
  for name; do
    cs key new "$name" >/dev/null
    cs join --key "$name" >/dev/null 2>&1
  done
}

# field NAME: the first member of that name in indented JSON from standard input.
field() { sed -nE "s/^ *\"$1\": \"?([^\",]*)\"?,?\$/\1/p" | head -n 1; }

account() { cs key show "$1" --json | field account; }

# balance NAME MEMBER: minor units that are available, escrowed, or were earned.
balance() { cs show account "$1" --json | field "$2"; }

# closed POLL: the poll as it is shown, once it has closed or after ten seconds.
closed() {
  local shown
  for _ in {1..40}; do
    shown=$(cs show poll "$1")
    grep -q 'state  *closed' <<<"$shown" && break
    sleep 0.25
  done
  printf '%s\n' "$shown"
}

coins() { printf '%d.%02d' $(($1 / 100)) $(($1 % 100)); }

# refused COMMAND: what must be refused; prints the reason.
refused() {
  local answer
  if answer=$("$@" 2>&1); then fail "'${*:2}' was not refused."; fi
  printf '  refused: %s\n' "${answer##*$'\n'}"
}

# prove INDEX OF: the receipt of an entry, checked from its file alone.
prove() {
  local file=$work/receipt-$1.json
  cs receipt "$1" --out "$file" >/dev/null 2>&1
  env -u CHAINSPACE_URL "$chainspace" verify "$file" >"$work/verified.txt" || fail "the receipt of entry $1 does not hold."
  say "The receipt of $2 (entry $1), checked offline:"
  sed -n '1,3s/^/  /p' "$work/verified.txt"
}

# audited: the whole journal, recomputed.
audited() {
  cs audit "$CHAINSPACE_URL" >"$work/audit.txt" || { cat "$work/audit.txt" >&2; fail 'the audit found something.'; }
  say 'The whole journal, recomputed by an audit:'
  sed -n '1,2s/^/  /p' "$work/audit.txt"
}
