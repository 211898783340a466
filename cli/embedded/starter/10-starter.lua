-- A first policy. Files of a folder run in the order of their names. The rules and functions that they register are
-- evaluated in that order for each new socket, until one allows or rejects it.
--
--   sockwarden check .    finds mistakes and surprises
--   sockwarden test .     runs 10-starter_test.lua
--   sockwarden matrix . --app 'C:\tools\scan.exe'    shows what a program gets

-- A rule matches when all its conditions hold. This one: raw sockets, for any program but these. A bare file name
-- matches in any folder, a pattern with a backslash matches the full path; * stands for anything.
rule {
  name = "raw sockets are for diagnostics",
  type = SOCK_RAW,
  app = none_of { "ping.exe", "tracert.exe", [[C:\Program Files\Nmap\*]] },
  verdict = reject(WSAEACCES, "raw sockets are for diagnostics tools"),
}

-- What rules cannot say, a function can: it gets the request and returns a verdict, or nothing.
on_socket(function(request)
  if request.af == AF_INET6 and request.app.name == "oldclient.exe" then
    return reject(WSAEAFNOSUPPORT, "the old client does not cope with IPv6")
  end
end)
