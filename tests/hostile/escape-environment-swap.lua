-- attack: another environment for a function
-- run: policy
-- expect: fine reject 10024
local deny = reject
do
  local _ENV = { WSAEMFILE = 10024, SOCK_RAW = 3, deny = deny, on_socket = on_socket }
  on_socket(function(request)
    if request.type == SOCK_RAW then
      return deny(WSAEMFILE)
    end
  end)
end
