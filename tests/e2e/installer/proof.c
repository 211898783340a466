/* installer_proof PACKAGE FAULTS LAYERCTL: installs, kills, breaks, repairs and removes, in the Wine prefix
 * it runs in, and compares the catalogs in the registry byte for byte. PACKAGE holds the command as it is
 * shipped; FAULTS the same with the faults in it. */
#include <stdio.h>

#include "proof_cases.h"
#include "proof_machine.h"
#include "proof_run.h"

int main(int argc, char **argv)
{
  WSADATA winsock;

  if (argc != 4) {
    fprintf(stderr, "usage: installer_proof PACKAGE FAULTS LAYERCTL\n");
    return 2;
  }
  WSAStartup(MAKEWORD(2, 2), &winsock);
  check(machine_begin(argv + 1), "the catalogs' ids drift apart");
  proof_commands();
  proof_shipped();
  proof_in_use();
  proof_damage();
  proof_killed();
  proof_faults();
  WSACleanup();
  return case_end("all-cases-ran") ? 1 : 0;
}
