-- Browsers' helper processes get neither raw nor datagram sockets.
--
-- A browser runs pages in helper processes of its own program: `chrome.exe --type=renderer`. Only the main process
-- and the network service speak to the network; a renderer that asks for a socket has been taken over. (Where such a
-- process refuses extension points, no layer is loaded into it at all: the browser's own sandbox is the stronger wall.)
local browsers = { ["chrome.exe"] = true, ["msedge.exe"] = true, ["brave.exe"] = true, ["firefox.exe"] = true }

local function is_helper(command_line)
  if command_line:find("network.mojom.NetworkService", 1, true) then
    return false
  end
  -- Chromium's kinds, and Firefox's content processes.
  return command_line:find("--type=", 1, true) ~= nil or command_line:find("-contentproc", 1, true) ~= nil
end

on_socket(function(request)
  if request.type ~= SOCK_RAW and request.type ~= SOCK_DGRAM then
    return nil
  end
  if browsers[request.app.name:lower()] and is_helper(request.app.command_line) then
    return reject(WSAEACCES, "a browser's helper process")
  end
end)
