local function ask(name, about, af)
  return decide {
    app = { path = [[C:\tools\]] .. name, user = about.user, elevated = about.elevated },
    af = af,
  }
end

test("kiosk accounts get no debug bridge", function()
  for _, user in ipairs { [[EXAMPLE\kiosk]], [[PC-17\Guest]] } do
    for _, af in ipairs { AF_INET, AF_INET6, AF_BTH } do
      local result = ask("adb.exe", { user = user }, af)
      assert_reject(result, WSAEAFNOSUPPORT)
      assert_rule(result, "no debug bridge for kiosk accounts")
    end
  end
end)

test("developers do", function()
  assert_allow(ask("adb.exe", { user = [[EXAMPLE\dev]] }, AF_INET))
end)

test("a kiosk of another domain is another account", function()
  assert_allow(ask("adb.exe", { user = [[OTHER\kiosk]] }, AF_INET))
end)

test("the console listens without elevation only", function()
  assert_reject(ask("remoteconsole.exe", { elevated = true }, AF_INET6), WSAEAFNOSUPPORT)
  assert_allow(ask("remoteconsole.exe", { elevated = false }, AF_INET6))
end)
