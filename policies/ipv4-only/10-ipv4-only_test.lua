local client = [[C:\apps\OldClient.exe]]

test("IPv6 looks absent to it", function()
  for _, type in ipairs { SOCK_STREAM, SOCK_DGRAM, SOCK_RAW } do
    local result = decide { app = client, af = AF_INET6, type = type }
    assert_reject(result, WSAEAFNOSUPPORT)
    assert_rule(result, "the old client speaks IPv4 only")
  end
end)

test("IPv4 is there", function()
  assert_allow(decide { app = client, af = AF_INET })
  assert_allow(decide { app = client, af = AF_INET, type = SOCK_DGRAM })
end)

test("others have both", function()
  assert_allow(decide { app = [[C:\apps\newclient.exe]], af = AF_INET6 })
end)
