#!/usr/bin/env bash
# Kills a training with SIGKILL again and again, and compares its last checkpoint with that of a training left alone.
#
#   kill-and-resume.sh ANYMOD RECIPE [MOMENTS [SEED [LONGEST]]]
#
# ANYMOD   the anymod command, such as distribution/bin/anymod
# RECIPE   a recipe whose tokens are made already (anymod tokenize); best with a small training.checkpoint_every
# MOMENTS  how often to kill, 20 if not given
# SEED     seed of the moments, 1 if not given
# LONGEST  longest time in seconds before a kill, 8 if not given; each training lives a random time up to that, every
#          second one counted from its first steps, so some die while starting, some while training, some while
#          writing a checkpoint
#
# The recipe's checkpoints and logs are moved aside to checkpoints.before and logs.before if there are any.
# The exit code is 0 if every file of the last checkpoint is the same bit for bit, and the log too.
set -euo pipefail

anymod=$1
recipe=$2
moments=${3:-20}
RANDOM=${4:-1}
longest=${5:-8}

output=$("$anymod" config show "$recipe" | sed -n 's/^output: *//p' | tr -d '"' | head -n 1)

for part in checkpoints logs; do
  if [ -e "$output/$part" ]; then
    mv -T "$output/$part" "$output/$part.before"
  fi
done

killed=0
for ((i = 1; i <= moments; i++)); do
  setsid "$anymod" train "$recipe" > "$output/kill-and-resume.log" 2>&1 &
  training=$!
  if ((i % 2 == 0)); then
    until grep -q '^train: ' "$output/kill-and-resume.log" || ! kill -0 "$training" 2> /dev/null; do
      sleep 0.1
    done
  fi
  millis=$((RANDOM * 1000 * longest / 32768))
  sleep "$(printf '%d.%03d' $((millis / 1000)) $((millis % 1000)))"
  # The process group: the launcher may have started Java as a child.
  if kill -KILL -- "-$training" 2> /dev/null; then
    killed=$((killed + 1))
  fi
  wait "$training" 2> /dev/null || true
  echo "moment $i: after $millis ms; checkpoints: $(ls "$output/checkpoints" 2> /dev/null | tr '\n' ' ')"
done
"$anymod" train "$recipe"
mv -T "$output/checkpoints" "$output/checkpoints.killed"
mv -T "$output/logs" "$output/logs.killed"

"$anymod" train "$recipe"
last=$(ls "$output/checkpoints" | sed -n 's/^training-//p' | sort | tail -n 1)
status=0
for part in model average training; do
  file=$part-$last
  if [ -e "$output/checkpoints/$file" ] && ! cmp "$output/checkpoints/$file" "$output/checkpoints.killed/$file"; then
    status=1
  fi
done
cmp "$output/logs/train.jsonl" "$output/logs.killed/train.jsonl" || status=1
echo "killed $killed of $moments times; $([ $status = 0 ] && echo identical || echo DIFFERENT)"
exit $status
