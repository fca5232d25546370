# Which engine runs the fuzz targets. Included before anything is compiled: the model is instrumented, too.
#
# SP_ENGINE_FEEDBACK  the file that gives the engine its counters
# SP_ENGINE_LINK      what the targets are linked with
# SP_ENGINE_DIR       where they go
# sp_instrumented     what the parts are compiled with in which the engine counts edges
set(SYNPROOF_ENGINE none CACHE STRING
    "none (replay only), libfuzzer, afl, or what to link an engine by: -fsanitize=fuzzer, a library")
set(SYNPROOF_FUZZ_DIR ${PROJECT_BINARY_DIR}/run CACHE PATH "Where the fuzz targets go")
set(SP_ENGINE_DIR ${SYNPROOF_FUZZ_DIR})

add_library(sp_instrumented INTERFACE)
if(SYNPROOF_ENGINE STREQUAL "none")
    set(SP_ENGINE_FEEDBACK feedback_none.c)
elseif(SYNPROOF_ENGINE STREQUAL "libfuzzer")
    # Comparisons are not traced: what a script holds is reached event by event, not by magic numbers.
    target_compile_options(sp_instrumented INTERFACE -fsanitize=fuzzer-no-link)
    set(SP_ENGINE_FEEDBACK feedback_libfuzzer.c)
    set(SP_ENGINE_LINK -fsanitize=fuzzer)
elseif(SYNPROOF_ENGINE STREQUAL "afl")
    set(SP_ENGINE_FEEDBACK feedback_afl.c)
    find_library(SP_AFL_DRIVER NAMES libAFLDriver.a PATHS /usr/lib/afl /usr/local/lib/afl REQUIRED)
    set(SP_ENGINE_LINK ${SP_AFL_DRIVER})
else()
    set(SP_ENGINE_FEEDBACK feedback_libfuzzer.c)
    set(SP_ENGINE_LINK ${SYNPROOF_ENGINE})
endif()
