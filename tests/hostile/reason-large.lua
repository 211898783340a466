-- attack: a reason that only just fits
-- run: policy
-- expect: fine reject 10013
local reason = ("x"):rep(300000)
on_socket(function(request)
  if request.type == SOCK_RAW then
    return reject(WSAEACCES, reason)
  end
end)
