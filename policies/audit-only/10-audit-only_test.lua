test("what it would reject is logged and allowed", function()
  local result = decide { app = [[C:\tools\scan.exe]], type = SOCK_RAW }
  assert_allow(result)
  assert_equal(result.log, "audit: would reject raw sockets of scan.exe")
end)

test("what it would allow leaves no trace", function()
  assert_equal(decide { app = { path = [[C:\tools\scan.exe]], elevated = true }, type = SOCK_RAW }.log, nil)
  assert_equal(decide { app = [[C:\tools\scan.exe]] }.log, nil)
end)
