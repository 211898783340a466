-- Tests of 10-starter.lua: sockwarden test .
-- decide{} takes any field of a request; what is left out has a default (an IPv4 TCP socket of a nameless program).

test("diagnostics tools get raw sockets", function()
  assert_allow(decide { app = [[C:\Windows\System32\PING.EXE]], type = SOCK_RAW, protocol = IPPROTO_ICMP })
  assert_allow(decide { app = [[C:\Program Files\Nmap\nmap.exe]], type = SOCK_RAW })
end)

test("other programs do not", function()
  local result = decide { app = [[C:\tools\scan.exe]], type = SOCK_RAW, protocol = IPPROTO_ICMP }
  assert_reject(result, WSAEACCES)
  assert_rule(result, "raw sockets are for diagnostics")
end)

test("the old client is kept to IPv4", function()
  assert_reject(decide { app = [[C:\old\oldclient.exe]], af = AF_INET6 }, WSAEAFNOSUPPORT)
  assert_allow(decide { app = [[C:\old\oldclient.exe]], af = AF_INET })
end)

test("everybody else gets TCP and UDP", function()
  for _, af in ipairs { AF_INET, AF_INET6 } do
    assert_allow(decide { app = [[C:\new\client.exe]], af = af, type = SOCK_STREAM })
    assert_allow(decide { app = [[C:\new\client.exe]], af = af, type = SOCK_DGRAM })
  end
end)
