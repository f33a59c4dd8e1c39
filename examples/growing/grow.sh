#!/bin/sh
# Teaches a trained model a modality that it has never heard of, and shows what it knows before and after.
#
#   grow.sh [SCENES [UNSEEN]]
#
# SCENES   scenes of the toy world to train on, 1500 if not given
# UNSEEN   scenes to measure on, 200 if not given
#
# Works in the folder that it is called in, below runs/growing, with the recipes that lie beside it. What is done
# already is left alone, so after an interruption the same command goes on.
#
# What it reads from the environment:
#   ANYMOD_HOME   the installation; without it the one that this script is in
#   SOUND_JAR     the plugin; without it the one of ../third-party, which is built where it is missing
set -eu

scenes=${1:-1500}
unseen=${2:-200}
here=$(cd "$(dirname "$0")" && pwd -P)
root=$(dirname "$(dirname "$here")")
runs=runs/growing

say() {
  printf '\n== %s\n' "$*"
}

fail() {
  printf 'grow.sh: %s\n' "$*" >&2
  exit 1
}

if [ -n "${ANYMOD_HOME:-}" ]; then
  home=$ANYMOD_HOME
elif [ -d "$root/lib" ]; then
  home=$root
else
  # A source checkout; its launcher builds what is missing.
  home=$root/distribution/target/anymod
  "$root/distribution/bin/anymod" --version >/dev/null
fi
anymod=$home/bin/anymod
[ -x "$anymod" ] || fail "$home is no installation of Anymod: there is no program bin/anymod in it"

newest() {
  ls "$1"/checkpoints/model-*.safetensors | sort | tail -n 1
}

plugin() {
  jar=${SOUND_JAR:-}
  if [ -z "$jar" ]; then
    project=$root/examples/third-party
    jar=$project/target/anymod-sound-0.1.0.jar
    if [ ! -f "$jar" ]; then
      maven=$root/mvnw
      [ -x "$maven" ] || maven=$(command -v mvn) || fail "no mvn found: install Maven, or name the plugin in SOUND_JAR"
      "$maven" -q -B -f "$project/pom.xml" package -DskipTests "-Danymod.home=$home"
    fi
  fi
  [ -f "$jar" ] || fail "$jar is missing, named by SOUND_JAR"
  cmp -s "$jar" "$home/plugins/$(basename "$jar")" || cp "$jar" "$home/plugins/"
}

say "the toy world"
mkdir -p "$runs"
if [ ! -d "$runs/data" ]; then
  # Under another name until it is whole.
  "$anymod" data toyworld --output "$runs/data.unfinished" --train "$scenes" --val "$unseen"
  mv "$runs/data.unfinished" "$runs/data"
fi

say "a model of pictures, depth, classes and captions"
"$anymod" train "$here/base.yaml"
base=$(newest "$runs/base")

say "a plugin for sounds is dropped in"
plugin
"$anymod" plugins list | grep -E '^PLUGIN|^anymod-sound'

say "the trained weights are brought to the larger set of modalities"
if [ ! -f "$runs/extended.safetensors" ]; then
  "$anymod" checkpoint extend "$here/grown.yaml" --from "$base" --output "$runs/extended.safetensors"
fi

say "the model trains on"
if [ ! -d "$runs/grown/tokens" ]; then
  # The old modalities keep their tokenizers, so their tokens are there already.
  mkdir -p "$runs/grown"
  rm -rf "$runs/grown/tokens.unfinished"
  cp -R "$runs/base/tokens" "$runs/grown/tokens.unfinished"
  mv "$runs/grown/tokens.unfinished" "$runs/grown/tokens"
fi
"$anymod" train "$here/grown.yaml"
grown=$(newest "$runs/grown")

say "what it forgot: losses of the old modalities before and after, on scenes it never saw"
"$anymod" checkpoint losses "$here/base.yaml" --weights "$base" --weights "$grown"

say "what it could do before"
"$anymod" evaluate "$here/base.yaml"

say "what it can do now"
"$anymod" evaluate "$here/grown.yaml"
