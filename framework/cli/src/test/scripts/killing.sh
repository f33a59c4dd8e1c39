# What the scripts beside this one share, which source it: the arguments ANYMOD RECIPE [MOMENTS [SEED [LONGEST]]],
# and a command that is killed again and again.
set -euo pipefail

anymod=$1
recipe=$2
moments=${3:-20}
RANDOM=${4:-1}
longest=${5:-8}
output=$("$anymod" config show "$recipe" | sed -n 's/^output: *//p' | tr -d '"' | head -n 1)

# move_aside FOLDER...: what the recipe has already gets the ending .before.
move_aside() {
  local part
  for part in "$@"; do
    if [ -e "$output/$part" ]; then
      mv -T "$output/$part" "$output/$part.before"
    fi
  done
}

# kill_again COMMAND WORKING AFTER: kills anymod COMMAND at each moment, every second time after a line of its output
# that matches WORKING, and calls AFTER, which tells what is there and may tidy up.
killed=0
kill_again() {
  local command=$1 working=$2 after=$3 log=$output/kill.log call millis i
  for ((i = 1; i <= moments; i++)); do
    setsid "$anymod" "$command" "$recipe" > "$log" 2>&1 &
    call=$!
    if ((i % 2 == 0)); then
      until grep -q "$working" "$log" || ! kill -0 "$call" 2> /dev/null; do
        sleep 0.02
      done
    fi
    millis=$((RANDOM * 1000 * longest / 32768))
    sleep "$(printf '%d.%03d' $((millis / 1000)) $((millis % 1000)))"
    # The process group: the launcher may have started Java as a child.
    if kill -KILL -- "-$call" 2> /dev/null; then
      killed=$((killed + 1))
    fi
    wait "$call" 2> /dev/null || true
    echo "moment $i: after $millis ms; $("$after")"
  done
}

# finish STATUS: tells the result, which is also the exit code.
finish() {
  echo "killed $killed of $moments times; $([ "$1" = 0 ] && echo identical || echo DIFFERENT)"
  exit "$1"
}
