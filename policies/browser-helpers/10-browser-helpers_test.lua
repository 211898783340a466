local chrome = [[C:\Program Files\Google\Chrome\Application\Chrome.exe]]

local function ask(path, arguments, type)
  return decide { app = { path = path, command_line = '"' .. path .. '" ' .. arguments }, type = type }
end

test("helpers get neither raw nor datagram sockets", function()
  for _, type in ipairs { SOCK_RAW, SOCK_DGRAM } do
    assert_reject(ask(chrome, "--type=renderer --lang=en", type), WSAEACCES)
    assert_reject(ask([[C:\Program Files\Mozilla Firefox\firefox.exe]], "-contentproc -childID 3", type), WSAEACCES)
  end
end)

test("streams stay: some extensions' helpers talk to local programs", function()
  assert_allow(ask(chrome, "--type=renderer", SOCK_STREAM))
end)

test("the main process and the network service speak UDP", function()
  assert_allow(ask(chrome, "", SOCK_DGRAM))
  assert_allow(ask(chrome, "--type=utility --utility-sub-type=network.mojom.NetworkService", SOCK_DGRAM))
end)

test("a program that only has such arguments is no browser", function()
  assert_allow(ask([[C:\tools\build.exe]], "--type=release", SOCK_DGRAM))
end)
