# cmake -DDLL=... -DOBJDUMP=... -DFORMAT=... -P check_dll.cmake: what every process with sockets is going to load. The DLL
# must be of the machine type asked for, export exactly WSPStartup under that name (WINSOCK.md 1), import system DLLs
# only, and none that a host may have locked out (WINSOCK.md 3: win32k lockdown; DESIGN.md: no COM, no window).
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${OBJDUMP} -p ${DLL} OUTPUT_VARIABLE said RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "${OBJDUMP} cannot read ${DLL}")
endif()

if(NOT said MATCHES "file format ${FORMAT}")
  message(SEND_ERROR "${DLL} is not ${FORMAT}")
endif()

string(REGEX MATCH "\\[Ordinal/Name Pointer\\] Table[^\n]*\n(([ \t]*\\[ *[0-9]+\\][^\n]*\n)*)" ignored "${said}")
string(REGEX REPLACE "[ \t]*\\[ *[0-9]+\\] (\\+base\\[ *[0-9]+\\] +[0-9a-f]+ )?([^\n]*)\n" "\\2;" exports "${CMAKE_MATCH_1}")
string(REGEX REPLACE ";$" "" exports "${exports}")
if(NOT exports STREQUAL "WSPStartup")
  message(SEND_ERROR "${DLL} exports '${exports}', not exactly WSPStartup")
endif()

set(allowed advapi32.dll kernel32.dll msvcrt.dll ws2_32.dll)
string(REGEX MATCHALL "DLL Name: [^\n\r]+" imports "${said}")
if(NOT imports)
  message(SEND_ERROR "${DLL}: no imports could be read")
endif()
foreach(import IN LISTS imports)
  string(REPLACE "DLL Name: " "" import ${import})
  string(TOLOWER ${import} import)
  # MSYS2's UCRT toolchain names the same C library by its API sets.
  if(NOT import IN_LIST allowed AND NOT import MATCHES "^api-ms-win-crt-.*[.]dll$")
    message(SEND_ERROR "${DLL} imports ${import}, which is not one of ${allowed}")
  endif()
endforeach()
