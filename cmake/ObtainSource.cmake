# sockwarden_obtain_source(<out-dir> NAME <n> VERSION <v> SHA256 <hash> URL <url> DEBIAN <source package>)
#
# Sets <out-dir> to the unpacked pristine source, or to "" where no way leads to it. Third-party source is never
# committed; it is looked for in this order, and whatever arrives must match the hash:
#   1. SOCKWARDEN_SOURCES_DIR (or the environment variable of that name), any file with the right hash;
#   2. the cache of earlier downloads, build/downloads;
#   3. the project's own download page;
#   4. Debian's source package, from the mirror that apt on this machine is configured for.
function(sockwarden_obtain_source out)
  cmake_parse_arguments(ARG "" "NAME;VERSION;SHA256;URL;DEBIAN" "" ${ARGN})
  set(cache ${CMAKE_SOURCE_DIR}/build/downloads)
  get_filename_component(file ${ARG_URL} NAME)
  set(archive ${cache}/${file})
  set(source ${CMAKE_SOURCE_DIR}/build/sources/${ARG_NAME}-${ARG_VERSION}-${ARG_SHA256})
  set(${out} "" PARENT_SCOPE)
  file(MAKE_DIRECTORY ${cache})

  # Configure runs may overlap (two presets at once): one at a time here.
  file(LOCK ${cache}/lock GUARD FUNCTION TIMEOUT 300)

  sockwarden_copy_by_hash("${SOCKWARDEN_SOURCES_DIR}" ${ARG_SHA256} ${archive})
  sockwarden_copy_by_hash("$ENV{SOCKWARDEN_SOURCES_DIR}" ${ARG_SHA256} ${archive})
  sockwarden_has_hash(have ${archive} ${ARG_SHA256})
  if(NOT have)
    message(STATUS "${ARG_NAME} ${ARG_VERSION}: downloading from ${ARG_URL}")
    file(DOWNLOAD ${ARG_URL} ${archive} TIMEOUT 60 INACTIVITY_TIMEOUT 10 STATUS status)
    sockwarden_has_hash(have ${archive} ${ARG_SHA256})
  endif()
  if(NOT have AND CMAKE_HOST_UNIX)
    message(STATUS "${ARG_NAME} ${ARG_VERSION}: not downloaded (${status}); asking for Debian's source package")
    execute_process(
      COMMAND sh ${CMAKE_SOURCE_DIR}/cmake/debian-source.sh ${ARG_DEBIAN} ${ARG_VERSION} ${ARG_SHA256} ${archive}
      RESULT_VARIABLE ignored)
    sockwarden_has_hash(have ${archive} ${ARG_SHA256})
  endif()
  if(NOT have)
    file(REMOVE ${archive})
    return()
  endif()

  if(NOT EXISTS ${source}/.complete)
    file(REMOVE_RECURSE ${source})
    file(ARCHIVE_EXTRACT INPUT ${archive} DESTINATION ${source})
    file(TOUCH ${source}/.complete)
  endif()
  file(GLOB top LIST_DIRECTORIES true ${source}/*)
  list(FILTER top EXCLUDE REGEX "/[.]complete$")
  set(${out} ${top} PARENT_SCOPE)
endfunction()

function(sockwarden_has_hash out file hash)
  set(${out} FALSE PARENT_SCOPE)
  if(EXISTS ${file})
    file(SHA256 ${file} actual)
    if(actual STREQUAL hash)
      set(${out} TRUE PARENT_SCOPE)
    endif()
  endif()
endfunction()

function(sockwarden_copy_by_hash directory hash archive)
  if(NOT directory)
    return()
  endif()
  file(GLOB candidates ${directory}/*.tar.*)
  foreach(candidate ${candidates})
    sockwarden_has_hash(same ${candidate} ${hash})
    if(same)
      file(COPY_FILE ${candidate} ${archive})
      return()
    endif()
  endforeach()
endfunction()
