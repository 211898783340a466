test("diagnostics tools get raw sockets", function()
  for _, path in ipairs {
    [[C:\Windows\System32\PING.EXE]],
    [[C:\Windows\System32\tracert.exe]],
    [[C:\Program Files\Nmap\nmap.exe]],
    [[C:\Program Files\Wireshark\extcap\etwdump.exe]],
  } do
    assert_allow(decide { app = path, type = SOCK_RAW, protocol = IPPROTO_ICMP }, path)
  end
end)

test("other programs do not, in either family", function()
  for _, af in ipairs { AF_INET, AF_INET6 } do
    local result = decide { app = [[C:\tools\scan.exe]], af = af, type = SOCK_RAW }
    assert_reject(result, WSAEACCES)
    assert_rule(result, "raw sockets are for diagnostics")
  end
end)

test("a name like a tool's is not enough for a path", function()
  assert_reject(decide { app = [[C:\Temp\Nmap\nmap.exe]], type = SOCK_RAW }, WSAEACCES)
end)

test("TCP and UDP are everybody's", function()
  assert_allow(decide { app = [[C:\tools\scan.exe]] })
  assert_allow(decide { app = [[C:\tools\scan.exe]], type = SOCK_DGRAM })
end)
