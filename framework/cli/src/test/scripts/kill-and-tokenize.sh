#!/usr/bin/env bash
# Kills anymod tokenize with SIGKILL again and again, and compares the tokens with those of a call left alone.
#
#   kill-and-tokenize.sh ANYMOD RECIPE [MOMENTS [SEED [LONGEST]]]
#
# ANYMOD   the anymod command, such as distribution/bin/anymod
# RECIPE   a recipe whose tokenizers are trained already (anymod tokenizer train); best with a small
#          data.samples_per_shard
# MOMENTS  how often to kill, 20 if not given
# SEED     seed of the moments, 1 if not given
# LONGEST  longest time in seconds before a kill, 8 if not given; each call lives a random time up to that, every
#          second one counted from its first samples, so some die while starting, some while writing a shard
#
# The recipe's tokens are moved aside to tokens.before if there are any; the validation split is
# taken to be called val. The exit code is 0 if every file is the same
# bit for bit: shards, manifest, contracts, and no file of a killed call is left over.
set -euo pipefail

anymod=$1
recipe=$2
moments=${3:-20}
RANDOM=${4:-1}
longest=${5:-8}

output=$("$anymod" config show "$recipe" | sed -n 's/^output: *//p' | tr -d '"' | head -n 1)

if [ -e "$output/tokens" ]; then
  mv -T "$output/tokens" "$output/tokens.before"
fi

killed=0
for ((i = 1; i <= moments; i++)); do
  setsid "$anymod" tokenize "$recipe" > "$output/kill-and-tokenize.log" 2>&1 &
  call=$!
  if ((i % 2 == 0)); then
    until grep -q '^tokenize ' "$output/kill-and-tokenize.log" || ! kill -0 "$call" 2> /dev/null; do
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
  mkdir -p "$output/tokens"
  shards=$(find "$output/tokens" -name '*.tar' | wc -l)
  leftovers=$(find "$output/tokens" -name '*.tmp' | wc -l)
  echo "moment $i: after $millis ms; $shards shards, $leftovers unfinished files"
  if [ -e "$output/tokens/val/manifest.json" ]; then
    # All was done before the kill: begin again, so that the next moments have something to interrupt.
    rm -r "$output/tokens"
  fi
done
"$anymod" tokenize "$recipe"
mv -T "$output/tokens" "$output/tokens.killed"

"$anymod" tokenize "$recipe"
status=0
diff -r "$output/tokens" "$output/tokens.killed" || status=1
echo "killed $killed of $moments times; $([ $status = 0 ] && echo identical || echo DIFFERENT)"
exit $status
