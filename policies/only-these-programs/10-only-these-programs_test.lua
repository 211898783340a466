test("the kiosk does its task", function()
  assert_allow(decide { app = [[C:\Program Files\Example Kiosk\kiosk.exe]] })
  assert_allow(decide { app = [[C:\Program Files\Example Kiosk\kiosk.exe]], type = SOCK_DGRAM })
end)

test("but not with raw sockets", function()
  local result = decide { app = [[C:\Program Files\Example Kiosk\kiosk.exe]], type = SOCK_RAW }
  assert_reject(result, WSAEPROTONOSUPPORT)
  assert_rule(result, "nothing else")
end)

test("Windows can be managed", function()
  local result = decide { app = [[C:\Windows\System32\svchost.exe]] }
  assert_allow(result)
  assert_rule(result, "Windows itself")
end)

test("nothing else gets a socket, wherever it says it lies", function()
  assert_reject(decide { app = [[C:\Users\me\game.exe]] }, WSAEPROTONOSUPPORT)
  assert_reject(decide { app = [[D:\C:\Windows\game.exe]] }, WSAEPROTONOSUPPORT)
  assert_reject(decide {}, WSAEPROTONOSUPPORT)
end)
