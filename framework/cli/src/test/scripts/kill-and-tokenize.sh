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
source "$(dirname "$0")/killing.sh"

shards() {
  mkdir -p "$output/tokens"
  echo "$(find "$output/tokens" -name '*.tar' | wc -l) shards," \
    "$(find "$output/tokens" -name '*.tmp' | wc -l) unfinished files"
  if [ -e "$output/tokens/val/manifest.json" ]; then
    # All was done before the kill: begin again, so that the next moments have something to interrupt.
    rm -r "$output/tokens"
  fi
}

move_aside tokens
kill_again tokenize '^tokenize ' shards
"$anymod" tokenize "$recipe"
mv -T "$output/tokens" "$output/tokens.killed"

"$anymod" tokenize "$recipe"
status=0
diff -r "$output/tokens" "$output/tokens.killed" || status=1
finish $status
