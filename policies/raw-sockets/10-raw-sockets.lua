-- Raw sockets are for diagnostics tools.
--
-- A raw socket lets a program forge and overhear packets; few programs need one. Windows already asks for
-- administrator rights; this policy also asks which program it is. Add your own tools to the list: a bare file name
-- matches in any folder, a pattern with a separator matches the full path.
rule {
  name = "raw sockets are for diagnostics",
  type = SOCK_RAW,
  app = none_of {
    "ping.exe",
    "tracert.exe",
    "pathping.exe",
    [[C:\Program Files\Nmap\*]],
    [[C:\Program Files (x86)\Nmap\*]],
    [[C:\Program Files\Wireshark\*]],
  },
  verdict = reject(WSAEACCES, "raw sockets are for diagnostics tools"),
}
