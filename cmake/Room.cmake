# The house as the build sees it: every folder of ours is a room, a static library that sees its own headers and those of the
# rooms it names, and nothing else. A forbidden include does not compile (docs/architecture.md draws who names whom).

# sockwarden_room(<name> SOURCES <file>... [PUBLIC <header>...] [USES <room>...] [LIBRARIES <library>...])
#
# The folder that calls it becomes room <name>. USES: the rooms whose headers it may include. LIBRARIES: what else it links.
# PUBLIC: its only headers that others see; without it they see all of them.
function(sockwarden_room name)
  cmake_parse_arguments(PARSE_ARGV 1 ROOM "" "" "SOURCES;PUBLIC;USES;LIBRARIES")
  add_library(${name} STATIC ${ROOM_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  if(ROOM_PUBLIC)
    sockwarden_public_headers(${name} ${ROOM_PUBLIC})
  else()
    target_include_directories(${name} INTERFACE ${CMAKE_CURRENT_SOURCE_DIR})
  endif()
  # PRIVATE: what a room uses is not thereby seen by those who use the room.
  target_link_libraries(${name} PRIVATE sockwarden_flags ${ROOM_USES} ${ROOM_LIBRARIES})
endfunction()

# sockwarden_house(<name> [PUBLIC <header>...] ROOMS <room>...): several rooms as one library, of which others see the public
# headers only.
function(sockwarden_house name)
  cmake_parse_arguments(PARSE_ARGV 1 HOUSE "" "" "PUBLIC;ROOMS")
  add_library(${name} INTERFACE)
  sockwarden_public_headers(${name} ${HOUSE_PUBLIC})
  foreach(room ${HOUSE_ROOMS})
    target_link_libraries(${name} INTERFACE $<LINK_ONLY:${room}>)
  endforeach()
endfunction()

# Headers in a folder of their own, so that naming a library shows these and not what lies beside them.
function(sockwarden_public_headers name)
  set(folder ${CMAKE_BINARY_DIR}/public/${name})
  foreach(header ${ARGN})
    get_filename_component(file ${header} NAME)
    file(CONFIGURE OUTPUT ${folder}/${file} CONTENT "#include \"${CMAKE_CURRENT_SOURCE_DIR}/${header}\"\n" @ONLY)
  endforeach()
  if(ARGN)
    target_include_directories(${name} INTERFACE ${folder})
  endif()
endfunction()
