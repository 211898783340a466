local seen = {}
on_socket(function(request)
  local app, r = request.app, request.requested
  seen[#seen + 1] = ("%s %d %q %5.1f"):format(app.name, app.pid, app.user, r.af)
  if request.type == SOCK_RAW and request.flags & 1 ~= 0 and not app.elevated and app.service == false then
    log(table.concat(seen, "\n"))
    return reject(WSAEACCES, request.provider .. app.sid .. app.path .. app.command_line .. app.session)
  end
  for k, v in pairs { request.af, n = request.catalog_id, [3] = request.overlapped, [4] = request.shared } do log(k) end
  return rewrite { protocol = 6 }
end)
on_socket(function(request) while true do end end)
