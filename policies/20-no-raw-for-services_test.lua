local ping = [[C:\Windows\System32\ping.exe]]

test("a service gets no raw socket, whatever its program", function()
  local result = decide { app = { path = ping, service = "PingService" }, type = SOCK_RAW }
  assert_reject(result, WSAEACCES)
  assert_rule(result, "no raw sockets for services")
end)

test("nor does a service whose name cannot be known", function()
  assert_rule(decide { app = { path = ping, service = true }, type = SOCK_RAW }, "no raw sockets for services")
end)

test("Windows' own that need them do", function()
  assert_allow(decide { app = { path = ping, service = "IKEEXT" }, type = SOCK_RAW })
  assert_allow(decide { app = { path = ping, service = "Other,Dhcp" }, type = SOCK_RAW })
end)

test("people's programs are not its business, nor other sockets", function()
  assert_allow(decide { app = { path = ping }, type = SOCK_RAW })
  assert_allow(decide { app = { path = ping, service = "PingService" } })
end)
