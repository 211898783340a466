# Target `cmocka`: the test framework, built from pristine source (1.1.7 serves native and MinGW builds).
include(ObtainSource)
sockwarden_obtain_source(cmocka_source NAME cmocka VERSION 1.1.7 DEBIAN cmocka
  SHA256 810570eb0b8d64804331f82b29ff47c790ce9cd6b163e98d47a4807047ecad82
  URL https://cmocka.org/files/1.1/cmocka-1.1.7.tar.xz)
if(NOT cmocka_source)
  message(FATAL_ERROR "cmocka 1.1.7 cannot be had here. Put cmocka-1.1.7.tar.xz into a directory and pass "
    "-DSOCKWARDEN_SOURCES_DIR=that-directory.")
endif()

# One C file; cmocka's own build would bring its installation rules and tests along.
add_library(cmocka STATIC EXCLUDE_FROM_ALL ${cmocka_source}/src/cmocka.c)
set_target_properties(cmocka PROPERTIES C_EXTENSIONS ON)
target_include_directories(cmocka SYSTEM PUBLIC ${cmocka_source}/include)
target_compile_options(cmocka PRIVATE -w)
target_compile_definitions(cmocka PRIVATE HAVE_INTTYPES_H HAVE_SIGNAL_H HAVE_STRINGS_H HAVE_STRUCT_TIMESPEC
  HAVE_GCC_THREAD_LOCAL_STORAGE)
if(NOT WIN32)
  target_compile_definitions(cmocka PRIVATE HAVE_CLOCK_REALTIME HAVE_SIGLONGJMP HAVE_STRSIGNAL)
endif()
