rule {
  name = "every field", af = { AF_INET, AF_INET6 }, type = SOCK_RAW, protocol = none_of { IPPROTO_ICMP, 58 },
  app = { "scan.exe", [[C:\Tools\*]] }, user = none_of { [[CORP\bob]], "S-1-5-18", "carol" }, elevated = false,
  service = none_of { true, "Dhcp" }, provider = "MSAFD * [???/IP]", flags = WSA_FLAG_OVERLAPPED, shared = false,
  verdict = reject(WSAEACCES, "no"),
}
--@ 20-next.lua
rule { type = SOCK_STREAM, verdict = rewrite { type = SOCK_DGRAM, protocol = 17, reason = "datagrams" } }
rule { type = SOCK_DGRAM, verdict = allow() }
--@ 30_test.lua
this is never read
