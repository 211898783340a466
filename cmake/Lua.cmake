# Target `lua`: Lua 5.4 with our budget patch, as the policy engine embeds it. scripting/lua/README.md says what the
# patch and the settings are for.
include(ObtainSource)
sockwarden_obtain_source(lua_source NAME lua VERSION 5.4.9 DEBIAN lua5.4
  SHA256 2335b6c582a52654f94612bf10d2f4672805d05329aa6568b1d8cd9e5c6fb8e6
  URL https://www.lua.org/ftp/lua-5.4.9.tar.gz)
if(NOT lua_source)
  sockwarden_obtain_source(lua_source NAME lua VERSION 5.4.7 DEBIAN lua5.4
    SHA256 9fbf5e28ef86c69858f6d3d34eccc32e911c1a28b4120ff3e84aaa70cfbf1e30
    URL https://www.lua.org/ftp/lua-5.4.7.tar.gz)
  if(NOT lua_source)
    message(FATAL_ERROR "Neither Lua 5.4.9 nor 5.4.7 can be had here. Put lua-5.4.9.tar.gz into a directory and "
      "pass -DSOCKWARDEN_SOURCES_DIR=that-directory.")
  endif()
  message(WARNING "Lua 5.4.9 cannot be had here; building with 5.4.7, which has memory-safety bugs that 5.4.9 "
    "mends. This build is for DEVELOPMENT ONLY: do not install it.")
endif()

# A patched copy a patch version: the pristine tree stays pristine, and a changed patch is applied afresh.
set(lua_patch ${CMAKE_SOURCE_DIR}/scripting/lua/budget.patch)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${lua_patch})
file(SHA256 ${lua_patch} lua_patch_hash)
set(lua_patched ${CMAKE_BINARY_DIR}/lua-patched)
set(lua_stamp "${lua_source} ${lua_patch_hash}")
set(lua_stamp_seen "")
if(EXISTS ${lua_patched}/.stamp)
  file(READ ${lua_patched}/.stamp lua_stamp_seen)
endif()
if(NOT lua_stamp STREQUAL lua_stamp_seen)
  file(REMOVE_RECURSE ${lua_patched})
  file(COPY ${lua_source}/src DESTINATION ${lua_patched})
  find_program(PATCH_PROGRAM patch REQUIRED)
  execute_process(COMMAND ${PATCH_PROGRAM} --batch --forward -p1 -i ${lua_patch}
    WORKING_DIRECTORY ${lua_patched} RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(failed)
    message(FATAL_ERROR "scripting/lua/budget.patch does not apply to ${lua_source}:\n${said}")
  endif()
  file(WRITE ${lua_patched}/.stamp "${lua_stamp}")
endif()

# The core and the libraries that the sandbox picks from; io, os, package, debug and coroutine are not even linked.
# All in one unit, as upstream's onelua.c does: the compiler then sees through the calls between Lua's files, which makes
# a call of a small function a quarter cheaper (docs/performance.md).
set(lua_files lzio lctype lopcodes lmem lundump ldump lstate lgc llex lcode lparser ldebug lfunc lobject ltm lstring
  ltable ldo lvm lapi lauxlib lbaselib lmathlib lstrlib ltablib lutf8lib)
list(TRANSFORM lua_files REPLACE "(.+)" "#include \"\\1.c\"\n")
list(JOIN lua_files "" lua_unit)
file(CONFIGURE OUTPUT ${lua_patched}/src/lua_unit.c CONTENT "#define LUA_CORE\n#define LUA_LIB\n#include \"lprefix.h\"\n${lua_unit}#include \"call.c\"\n"
  @ONLY)
add_library(lua STATIC EXCLUDE_FROM_ALL ${lua_patched}/src/lua_unit.c ${CMAKE_SOURCE_DIR}/scripting/lua/budget.c
  ${CMAKE_SOURCE_DIR}/scripting/lua/names.c)
set_target_properties(lua PROPERTIES C_VISIBILITY_PRESET hidden)
target_include_directories(lua SYSTEM PUBLIC ${lua_patched}/src)
target_include_directories(lua PRIVATE ${CMAKE_SOURCE_DIR}/scripting/lua)
target_compile_options(lua PRIVATE -include ${CMAKE_SOURCE_DIR}/scripting/lua/host.h)
# Lua's own warnings are its authors' business; ours start where our code does.
target_compile_options(lua PRIVATE -w)
if(NOT WIN32)
  target_link_libraries(lua PUBLIC m)
endif()
