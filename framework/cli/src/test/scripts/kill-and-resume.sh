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
source "$(dirname "$0")/killing.sh"

checkpoints() {
  echo "checkpoints: $(ls "$output/checkpoints" 2> /dev/null | tr '\n' ' ')"
}

move_aside checkpoints logs
kill_again train '^train: ' checkpoints
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
finish $status
