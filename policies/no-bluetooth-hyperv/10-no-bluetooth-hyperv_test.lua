test("neither Bluetooth nor Hyper-V", function()
  for _, af in ipairs { AF_BTH, AF_HYPERV } do
    local result = decide { app = [[C:\tools\x.exe]], af = af }
    assert_reject(result, WSAEAFNOSUPPORT)
    assert_rule(result, "no Bluetooth or Hyper-V sockets")
  end
end)

test("all else stays", function()
  for _, af in ipairs { AF_INET, AF_INET6, AF_UNIX } do
    assert_allow(decide { app = [[C:\tools\x.exe]], af = af })
  end
end)
