# Writes the C source of places.h: cmake -DROOT=<source tree> -DOUT=<file> -DFILES=<a,b,c> -P places.cmake
#
# A match must have no "[" and no ";": a list of CMake would not come apart there. FILES are the sources of model/machine, from ROOT, with commas between. A rule that no line records is an error: a
# finding could not say where it is.
cmake_minimum_required(VERSION 3.25)
string(REPLACE "," ";" files "${FILES}")

# matches(VARIABLE PATTERN FILE...): "file:line:match" of each.
function(matches variable pattern)
    execute_process(COMMAND grep -HnoE "${pattern}" ${ARGN}
        WORKING_DIRECTORY ${ROOT} OUTPUT_VARIABLE found COMMAND_ERROR_IS_FATAL ANY)
    string(STRIP "${found}" found)
    string(REPLACE "\n" ";" found "${found}")
    set(${variable} "${found}" PARENT_SCOPE)
endfunction()

# rows(VARIABLE PREFIX NAME... ): one initialiser a match, of the first match of each name.
function(rows variable prefix)
    set(text "")
    set(seen "")
    foreach(match ${ARGN})
        if(NOT match MATCHES "^([^:]+):([0-9]+):(.*[^A-Za-z0-9_])?([A-Za-z0-9_]+)$")
            message(FATAL_ERROR "not understood: ${match}")
        endif()
        set(file ${CMAKE_MATCH_1})
        set(line ${CMAKE_MATCH_2})
        string(REGEX REPLACE "^SP_RULE_" "" name ${CMAKE_MATCH_4})
        if(NOT name IN_LIST seen AND NOT name STREQUAL "COUNT")
            list(APPEND seen ${name})
            string(APPEND text "    [${prefix}${name}] = {\"${file}\", ${line}},\n")
        endif()
    endforeach()
    set(${variable} "${text}" PARENT_SCOPE)
    set(${variable}_names "${seen}" PARENT_SCOPE)
endfunction()

matches(code "\\bSP_RULE_[A-Z0-9_]*[A-Z0-9]" ${files})
matches(rules "^RULE.[A-Z0-9_]+" model/machine/rules.def)
matches(properties "^(PROPERTY|LIVENESS).\"[A-Z0-9]+\", [a-z0-9_]+" model/oracle/properties.def model/oracle/liveness.def)
rows(code_rows SP_RULE_ ${code})
rows(rule_rows SP_RULE_ ${rules})
rows(property_rows SP_PROPERTY_ ${properties})

foreach(name ${rule_rows_names})
    if(NOT name IN_LIST code_rows_names)
        message(FATAL_ERROR "no line of model/machine records the rule ${name}")
    endif()
endforeach()

file(WRITE ${OUT} "/* Made by harness/ci/places.cmake. */
#include \"ci/places.h\"

const struct sp_place sp_place_of_rule[SP_RULE_COUNT] = {
${code_rows}};

const struct sp_place sp_place_of_rule_row[SP_RULE_COUNT] = {
${rule_rows}};

const struct sp_place sp_place_of_property[SP_PROPERTY_COUNT] = {
${property_rows}};
")
