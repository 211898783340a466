-- Services do not get raw sockets.
--
-- A service that is taken over has its service's rights; forging packets should not be among them. The services named
-- here are the ones Windows itself needs raw sockets for; add what your VPN or monitoring service is called.
rule {
  name = "no raw sockets for services",
  type = SOCK_RAW,
  service = none_of { false, "RemoteAccess", "IKEEXT", "Dhcp" },
  verdict = reject(WSAEACCES, "services do not probe"),
}
