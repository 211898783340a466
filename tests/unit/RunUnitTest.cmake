# sockwarden_unit_test(<name> <target> [<argument>...]): register a test program with ctest. Windows programs built elsewhere run under
# Wine, in the prefix that lsp/ sets up (fixture wine_unit_prefix); i686 programs are only built: scripts/test-x86.sh
# runs them. Without a UTF-8 locale Wine does not see files whose names are not plain ASCII.
find_program(SOCKWARDEN_WINE wine)
set(SOCKWARDEN_WINE_ENVIRONMENT "WINEPREFIX=${CMAKE_BINARY_DIR}/wine-unit;WINEDEBUG=-all"
  "WINEDLLOVERRIDES=mscoree,mshtml=;LC_ALL=C.UTF-8;LD_PRELOAD=${CMAKE_BINARY_DIR}/tests/wine/atomic_append.so"
  CACHE INTERNAL "What Windows programs run with")

function(sockwarden_unit_test name target)
  if(NOT WIN32 OR CMAKE_HOST_WIN32)
    add_test(NAME ${name} COMMAND ${target} ${ARGN})
  elseif(SOCKWARDEN_WINE AND CMAKE_SIZEOF_VOID_P EQUAL 8)
    set_target_properties(${target} PROPERTIES CROSSCOMPILING_EMULATOR ${SOCKWARDEN_WINE})
    add_test(NAME ${name} COMMAND ${target} ${ARGN})
    set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED wine_unit_prefix
      ENVIRONMENT "${SOCKWARDEN_WINE_ENVIRONMENT}")
  else()
    return()
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT 120)
endfunction()
