# sockwarden_shipped(<target> <description>): for a Windows program that is shipped. It gets a version resource; beside the stripped FILE there will be
#   FILE.debug  its DWARF debug information (functions, lines, variables), named in FILE for gdb and LLDB;
#   FILE.pdb    for WinDbg and crash dumps: the names of the functions that more than one file sees. GCC writes no
#               CodeView, so there are no lines in it. FILE names it by GUID, so a symbol store can serve it.
# All three are made of the same link, and the same source gives the same bytes.
if(WIN32)
  enable_language(RC)
endif()

function(sockwarden_shipped target description)
  if(NOT WIN32)
    return()
  endif()
  get_target_property(name ${target} OUTPUT_NAME)
  if(NOT name)
    set(name ${target})
  endif()
  get_target_property(kind ${target} TYPE)
  if(kind STREQUAL "EXECUTABLE")
    string(APPEND name .exe)
    set(kind VFT_APP)
  else()
    string(APPEND name .dll)
    set(kind VFT_DLL)
  endif()
  set(file ${name})
  configure_file(${CMAKE_SOURCE_DIR}/cmake/version.rc.in ${CMAKE_CURRENT_BINARY_DIR}/version.rc @ONLY)
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/version.rc)
  target_link_options(${target} PRIVATE -Wl,--no-insert-timestamp,--build-id,--pdb=${CMAKE_CURRENT_BINARY_DIR}/${name}.pdb)
  add_custom_command(TARGET ${target} POST_BUILD WORKING_DIRECTORY $<TARGET_FILE_DIR:${target}>
    COMMAND ${CMAKE_COMMAND} -E env SOURCE_DATE_EPOCH=0 ${CMAKE_OBJCOPY} --only-keep-debug ${name} ${name}.debug
    COMMAND ${CMAKE_COMMAND} -E env SOURCE_DATE_EPOCH=0 ${CMAKE_OBJCOPY} --strip-all --add-gnu-debuglink=${name}.debug ${name}
    BYPRODUCTS ${CMAKE_CURRENT_BINARY_DIR}/${name}.debug ${CMAKE_CURRENT_BINARY_DIR}/${name}.pdb)
endfunction()
