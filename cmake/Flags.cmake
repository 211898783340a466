# Compiler and linker settings. `sockwarden_flags` is linked by every target of ours (never by third-party code);
# the settings that must be the same for all objects of a program are global.
add_library(sockwarden_flags INTERFACE)
target_compile_options(sockwarden_flags INTERFACE -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes
  -Wmissing-prototypes -Wvla -Wundef -Wpointer-arith -Wwrite-strings -Wformat=2)

if(SOCKWARDEN_SANITIZE)
  add_compile_options(-fsanitize=${SOCKWARDEN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SOCKWARDEN_SANITIZE})
endif()
if(SOCKWARDEN_FUZZ)
  # Third-party code as well: what an input does inside Lua is what leads libFuzzer on.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(WIN32)
  # Windows 7 is the floor. -static: a DLL in other people's processes imports system DLLs only.
  add_compile_definitions(_WIN32_WINNT=0x0601 WINVER=0x0601 UNICODE _UNICODE WIN32_LEAN_AND_MEAN)
  add_link_options(-static)

  # No machine's paths and no times in what is built: the same source gives the same bytes anywhere.
  add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=/sockwarden
    -ffile-prefix-map=${CMAKE_BINARY_DIR}=/sockwarden/build
    -gno-record-gcc-switches)

  # To the compiler only: told of it, the linker would bring in libssp-0.dll. stack_guard.c is in its place.
  add_library(stack_guard STATIC ${CMAKE_SOURCE_DIR}/cmake/stack_guard.c)
  target_link_libraries(stack_guard PRIVATE sockwarden_flags)
  add_compile_options(-fstack-protector-strong)
  link_libraries(stack_guard)

  # Address space layout randomization, also above 4 GiB, and no execution of data. MinGW's GCC has no control-flow guard.
  add_link_options(-Wl,--dynamicbase,--nxcompat)
  if(CMAKE_SIZEOF_VOID_P EQUAL 8)
    add_link_options(-Wl,--high-entropy-va)
  endif()
endif()
