# Which engine runs the fuzz targets. Included before anything is compiled: the model is instrumented, too.
#
# SP_INSTRUMENT_TEXT  what parts are compiled with in which the engine counts edges and looks at what is compared:
#                     those that read words and magic numbers
# SP_INSTRUMENT       the same without the latter, which costs a call a comparison: what runs a script
# SP_ENGINE_FEEDBACK  the file that gives the engine its counters
# SP_ENGINE_LINK      what the targets are linked with
set(SYNPROOF_ENGINE none CACHE STRING
    "none (replay only), libfuzzer, afl, or what to link an engine by: -fsanitize=fuzzer, a library")
set(SYNPROOF_FUZZ_DIR ${PROJECT_BINARY_DIR}/run CACHE PATH "Where the fuzz targets go")
option(SYNPROOF_CMPLOG "AFL++: log operands of comparisons, for -c" OFF)

set(SP_INSTRUMENT_TEXT)
set(SP_INSTRUMENT)
set(SP_ENGINE_LINK)
if(SYNPROOF_ENGINE STREQUAL "none")
    set(SP_ENGINE_FEEDBACK feedback_none.c)
elseif(SYNPROOF_ENGINE STREQUAL "libfuzzer")
    set(SP_INSTRUMENT_TEXT -fsanitize=fuzzer-no-link)
    set(SP_INSTRUMENT -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp)
    set(SP_ENGINE_FEEDBACK feedback_libfuzzer.c)
    set(SP_ENGINE_LINK -fsanitize=fuzzer)
elseif(SYNPROOF_ENGINE STREQUAL "afl")
    # Its compiler takes from the environment what it instruments.
    set(SP_AFL ${CMAKE_COMMAND} -E env AFL_QUIET=1 AFL_DONT_OPTIMIZE=1 AFL_LLVM_DENYLIST=${CMAKE_CURRENT_LIST_DIR}/afl.denylist)
    if(SYNPROOF_CMPLOG)
        list(APPEND SP_AFL AFL_LLVM_CMPLOG=1)
    endif()
    set(CMAKE_C_COMPILER_LAUNCHER ${SP_AFL})
    set(CMAKE_C_LINKER_LAUNCHER ${SP_AFL})
    find_library(SP_AFL_DRIVER NAMES libAFLDriver.a PATHS /usr/lib/afl /usr/local/lib/afl REQUIRED)
    set(SP_ENGINE_FEEDBACK feedback_afl.c)
    set(SP_ENGINE_LINK ${SP_AFL_DRIVER})
else()
    # Its compiler and flags come from the environment (CC, CFLAGS), as with OSS-Fuzz.
    set(SP_ENGINE_FEEDBACK feedback_libfuzzer.c)
    set(SP_ENGINE_LINK ${SYNPROOF_ENGINE})
endif()
