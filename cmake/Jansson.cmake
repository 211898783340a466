# Target `jansson`: reading JSON, for the command only (docs/third-party.md says why this one).
include(ObtainSource)
sockwarden_obtain_source(jansson_source NAME jansson VERSION 2.14 DEBIAN jansson
  SHA256 c739578bf6b764aa0752db9a2fdadcfe921c78f1228c7ec0bb47fa804c55d17b
  URL https://github.com/akheron/jansson/archive/v2.14/jansson-2.14.tar.gz)
if(NOT jansson_source)
  message(FATAL_ERROR "jansson 2.14 cannot be had here. Put jansson-2.14.tar.gz into a directory and pass "
    "-DSOCKWARDEN_SOURCES_DIR=that-directory.")
endif()

# Its own build would bring its tests and installation rules along. The configuration it ships for Android says what is
# true everywhere we build, but for depth: nobody nests a request.
set(jansson_config ${CMAKE_BINARY_DIR}/jansson)
file(READ ${jansson_source}/android/jansson_config.h config)
string(REPLACE "JSON_PARSER_MAX_DEPTH 2048" "JSON_PARSER_MAX_DEPTH 64" config "${config}")
string(REPLACE "JSON_HAVE_LOCALECONV 0" "JSON_HAVE_LOCALECONV 1" config "${config}")
file(CONFIGURE OUTPUT ${jansson_config}/jansson_config.h CONTENT "${config}" @ONLY)
file(CONFIGURE OUTPUT ${jansson_config}/jansson_private_config.h @ONLY
  CONTENT "#define HAVE_STDINT_H 1\n#define HAVE_LOCALE_H 1\n#define INITIAL_HASHTABLE_ORDER 3\n")
set(jansson_files dump error hashtable hashtable_seed load memory pack_unpack strbuffer strconv utf value version)
list(TRANSFORM jansson_files PREPEND ${jansson_source}/src/)
list(TRANSFORM jansson_files APPEND .c)
add_library(jansson STATIC EXCLUDE_FROM_ALL ${jansson_files})
target_include_directories(jansson SYSTEM PUBLIC ${jansson_config} ${jansson_source}/src)
target_compile_definitions(jansson PRIVATE HAVE_CONFIG_H)
target_compile_options(jansson PRIVATE -w)
set_target_properties(jansson PROPERTIES C_EXTENSIONS ON)
