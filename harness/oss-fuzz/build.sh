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

# The machine that fuzzes has no libpcap: libraries stand beside the targets, in $OUT/lib. They look there for what they need
# themselves, too, which the newer kind of path (runpath) would not let them.
cmake -S "$tree" -B "$WORK/targets" -G Ninja -DCMAKE_C_COMPILER="$CC" -DCMAKE_C_FLAGS="${CFLAGS:-}" \
    -DSYNPROOF_ENGINE="$LIB_FUZZING_ENGINE" -DSYNPROOF_FUZZ_DIR="$OUT" \
    -DCMAKE_BUILD_RPATH='$ORIGIN/lib' -DCMAKE_EXE_LINKER_FLAGS=-Wl,--disable-new-dtags
# shellcheck disable=SC2086 # one word a target
cmake --build "$WORK/targets" -j "$steps" --target $(printf 'fuzz-%s ' $targets)

# All but what belongs to the C library and the compiler.
mkdir -p "$OUT/lib"
for target in $targets; do
    ldd "$OUT/$target"
done | sed -n 's#.* => \(/[^ ]*\) .*#\1#p' | sort -u |
    grep -vE '/(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|gcc_s|stdc\+\+))\.so[.0-9]*$' | while IFS= read -r library; do
    cp -L -n "$library" "$OUT/lib/"
done

env -u CC -u CXX -u CFLAGS -u CXXFLAGS -u LDFLAGS cmake -S "$tree" -B "$WORK/host" -G Ninja \
    -DCMAKE_C_COMPILER="${HOST_CC:-gcc}" -DCMAKE_BUILD_TYPE=Release
cmake --build "$WORK/host" -j "$steps" --target synproof

# Scripts as bytes for those that run them; their texts, and captures, for those that read them.
rm -rf "$WORK/seeds"
"$tree/harness/fuzz/seeds" "$WORK/host/synproof" "$WORK/seeds"
for target in $targets; do
    rm -f "$OUT/${target}_seed_corpus.zip"
    (cd "$WORK/seeds/$target" && zip -q -X -r "$OUT/${target}_seed_corpus.zip" .)
    for kind in dict options; do
        [ ! -f "$tree/corpus/$target/$target.$kind" ] || cp "$tree/corpus/$target/$target.$kind" "$OUT"
    done
done
