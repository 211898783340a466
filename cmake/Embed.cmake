# sockwarden_embed(<target> <symbol> <file>): the file's text as `const char <symbol>[]`, a zero byte behind it. Changes of
# the file are taken up at the next build.
function(sockwarden_embed target symbol file)
  get_filename_component(file ${file} ABSOLUTE)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c @ONLY
    CONTENT "extern const char ${symbol}[];\nconst char ${symbol}[] = {${bytes}0};\n")
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c)
endfunction()
