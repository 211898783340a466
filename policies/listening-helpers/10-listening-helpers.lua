-- Helpers that listen, denied their families by who runs them.
--
-- Debug bridges, sync agents and remote consoles open listening sockets that others can reach. Whether a socket
-- will listen is not known when it is created, so the helpers named here are denied the families they would listen
-- on: to the accounts that have no use for them, and, for the console, to whoever runs it with full rights.
-- WSAEAFNOSUPPORT makes them say that there is no network.
rule {
  name = "no debug bridge for kiosk accounts",
  app = { "adb.exe", "debugbridge.exe" },
  user = { [[EXAMPLE\kiosk]], "guest" },
  af = { AF_INET, AF_INET6, AF_BTH },
  verdict = reject(WSAEAFNOSUPPORT, "not for this account"),
}

rule {
  name = "no remote console with full rights",
  app = "remoteconsole.exe",
  elevated = true,
  af = { AF_INET, AF_INET6 },
  verdict = reject(WSAEAFNOSUPPORT, "start it without elevation"),
}
