#!/usr/bin/env bash
# Builds the fuzz targets as OSS-Fuzz and ClusterFuzzLite want them: into $OUT a program a target, with its seeds as
# <target>_seed_corpus.zip, and where the corpus has them <target>.dict and <target>.options.
#
# From the environment: CC, CFLAGS, LIB_FUZZING_ENGINE, OUT, WORK, and SRC, in which this tree is synproof/. Every script is
# made into bytes by a synproof that the machine's own compiler builds, because $CFLAGS may make programs that run nowhere else.
set -euo pipefail
: "${CC:?}" "${LIB_FUZZING_ENGINE:?}" "${OUT:?}" "${SRC:?}" "${WORK:?}"
tree=$SRC/synproof
targets="decode endpoint pair capture script"
steps=$(nproc)

# OSS-Fuzz gives no engine but flags for the compiler to some of its builds; CMake wants one word.
cmake -S "$tree" -B "$WORK/targets" -G Ninja -DCMAKE_C_COMPILER="$CC" -DCMAKE_C_FLAGS="${CFLAGS:-}" \
    -DSYNPROOF_ENGINE="$LIB_FUZZING_ENGINE" -DSYNPROOF_FUZZ_DIR="$OUT"
# shellcheck disable=SC2086 # one word a target
cmake --build "$WORK/targets" -j "$steps" --target $(printf 'fuzz-%s ' $targets)

env -u CC -u CXX -u CFLAGS -u CXXFLAGS -u LDFLAGS cmake -S "$tree" -B "$WORK/host" -G Ninja \
    -DCMAKE_C_COMPILER="${HOST_CC:-gcc}" -DCMAKE_BUILD_TYPE=Release
cmake --build "$WORK/host" -j "$steps" --target synproof

# Scripts as bytes for those that run them; their texts, and captures, for those that read them.
rm -rf "$WORK/seeds"
for target in $targets; do
    mkdir -p "$WORK/seeds/$target"
done
if [ -x "$tree/harness/fuzz/seeds" ]; then
    "$tree/harness/fuzz/seeds" "$WORK/host/synproof" "$WORK/seeds"
fi
for target in $targets; do
    rm -f "$OUT/${target}_seed_corpus.zip"
    if [ -n "$(ls -A "$WORK/seeds/$target")" ]; then
        (cd "$WORK/seeds/$target" && zip -q -X -r "$OUT/${target}_seed_corpus.zip" .)
    fi
    for kind in dict options; do
        [ ! -f "$tree/corpus/$target/$target.$kind" ] || cp "$tree/corpus/$target/$target.$kind" "$OUT"
    done
done
