# Target `lua`: Lua 5.4 with the patches of scripting/lua/patches, as the policy engine embeds it. scripting/lua/README.md
# says what the patches and the settings are for.
include(ObtainSource)
sockwarden_obtain_source(lua_source NAME lua VERSION 5.4.9 DEBIAN lua5.4
  SHA256 2335b6c582a52654f94612bf10d2f4672805d05329aa6568b1d8cd9e5c6fb8e6
  URL https://www.lua.org/ftp/lua-5.4.9.tar.gz)
if(NOT lua_source)
  message(FATAL_ERROR "Lua 5.4.9 could not be downloaded. Put lua-5.4.9.tar.gz into a directory and pass "
    "-DSOCKWARDEN_SOURCES_DIR=that-directory.")
endif()

# A patched copy; the pristine tree stays pristine. The stamp says what it was made of.
set(lua_room ${CMAKE_SOURCE_DIR}/scripting/lua)
file(GLOB lua_patches CONFIGURE_DEPENDS ${lua_room}/patches/*.patch) # in the order of their numbers
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${lua_patches})
set(lua_stamp ${lua_source})
foreach(patch ${lua_patches})
  file(SHA256 ${patch} hash)
  string(APPEND lua_stamp "\n${hash} ${patch}")
endforeach()
set(lua_patched ${CMAKE_BINARY_DIR}/lua-patched)
set(lua_stamp_seen "")
if(EXISTS ${lua_patched}/.stamp)
  file(READ ${lua_patched}/.stamp lua_stamp_seen)
endif()
if(NOT lua_stamp STREQUAL lua_stamp_seen)
  find_program(PATCH_PROGRAM patch REQUIRED)
  file(REMOVE_RECURSE ${lua_patched})
  file(COPY ${lua_source}/src DESTINATION ${lua_patched})
  foreach(patch ${lua_patches})
    execute_process(COMMAND ${PATCH_PROGRAM} --batch --forward --fuzz=0 -p1 -i ${patch}
      WORKING_DIRECTORY ${lua_patched} RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
    # "succeeded at 12 (offset 3 lines)": perhaps in another function that looks the same.
    if(failed OR output MATCHES "offset")
      file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${patch})
      message(FATAL_ERROR "${name} does not apply to ${lua_source} as it stands:\n${output}")
    endif()
  endforeach()
  file(WRITE ${lua_patched}/.stamp "${lua_stamp}")
endif()

# The core and the libraries that the sandbox picks from; io, os, package, debug and coroutine are not even linked.
# All in one unit, as Lua's own onelua.c does: the compiler then sees through the calls between Lua's files. That makes a
# decision by one small function 3 % cheaper in instructions and 7 % in time (scripting/lua/README.md).
set(lua_files lzio lctype lopcodes lmem lundump ldump lstate lgc llex lcode lparser ldebug lfunc lobject ltm lstring
  ltable ldo lvm lapi lauxlib lbaselib lmathlib lstrlib ltablib lutf8lib)
list(TRANSFORM lua_files REPLACE "(.+)" "#include \"\\1.c\"\n")
list(JOIN lua_files "" lua_unit)
file(CONFIGURE OUTPUT ${lua_patched}/src/lua_unit.c @ONLY
  CONTENT "#define LUA_CORE\n#define LUA_LIB\n#include \"lprefix.h\"\n${lua_unit}#include \"call.c\"\n")
add_library(lua STATIC EXCLUDE_FROM_ALL ${lua_patched}/src/lua_unit.c ${lua_room}/budget.c
  ${lua_room}/named_numbers.c)
set_target_properties(lua PROPERTIES C_VISIBILITY_PRESET hidden)
target_include_directories(lua SYSTEM PUBLIC ${lua_patched}/src)
target_include_directories(lua PRIVATE ${lua_room})
target_compile_options(lua PRIVATE -include ${lua_room}/host.h)
target_link_libraries(lua PRIVATE sockwarden_flags)
# Lua's own warnings are its authors' business.
set_source_files_properties(${lua_patched}/src/lua_unit.c PROPERTIES COMPILE_OPTIONS -w)
if(NOT WIN32)
  target_link_libraries(lua PUBLIC m)
endif()
